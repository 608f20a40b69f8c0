package dev.muster.daemon.kubernetes.submission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Jobs.Progress;
import dev.muster.daemon.core.Jobs.Submitted;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.define.RayJobPlan;
import dev.muster.daemon.kubernetes.jobs.Site;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kueue.WorkloadPriorityClassRow;
import dev.muster.daemon.kubernetes.operations.Wish;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import dev.muster.daemon.kubernetes.rayjob.RayJobRow;
import dev.muster.daemon.ray.RayJobs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One RayJob on its way to the server: what it refers to must be there, and then it is made. */
final class Submitting {
  private final Site site;
  private final String origin;
  private final String namespace;
  private final Dashboards dashboards;
  private final Duration pause;
  private final Progress progress;
  private final Cancellation cancellation;
  private final List<String> warnings;
  private RayJobPlan plan;

  Submitting(
      Site site,
      Wanted wanted,
      Dashboards dashboards,
      Duration pause,
      Progress progress,
      Cancellation cancellation) {
    this.site = site;
    this.plan = wanted.plan();
    this.origin = wanted.origin();
    String named = Meta.namespace(plan.tree());
    this.namespace = named.isEmpty() ? RayJobRunner.one(site) : named;
    this.dashboards = dashboards;
    this.pause = pause;
    this.progress = progress;
    this.cancellation = cancellation;
    this.warnings = new ArrayList<>(plan.warnings());
  }

  Submitted submit(boolean dryRun) {
    priorityClass();
    Row cluster = plan.cluster().isEmpty() ? null : cluster();
    if (plan.needsImage()) {
      plan = plan.withImage(image(cluster));
    }
    if (dryRun) {
      return dryRun();
    }
    if (cluster != null) {
      ready(cluster);
    }
    return new Submitted(made(), "", dashboard(), List.copyOf(warnings));
  }

  /** Where the job can be looked at, or what opens it; a cluster of its own is not there yet. */
  private String dashboard() {
    String url = "";
    if (!plan.cluster().isEmpty()) {
      url =
          dev.muster.daemon.kubernetes.operations.Dashboards.exposed(
                  site.client(), namespace, plan.cluster())
              .url();
    }
    return url.isEmpty()
        ? "muster dashboard rayjob %s -n %s".formatted(plan.name(), namespace)
        : url + "/#/jobs";
  }

  private Row made() {
    if (plan.secret() != null) {
      return withFiles();
    }
    if (plan.interactive()) {
      if (plan.directory() != null) {
        absent();
      }
      ObjectNode tree = plan.tree().deepCopy();
      tree.withObjectProperty("spec").remove("jobId");
      create(tree, false);
      return new Interactive(site, plan, namespace, dashboards, pause, progress, cancellation)
          .submit();
    }
    if (plan.directory() == null) {
      return create(plan.tree(), false);
    }
    absent();
    RayJobs jobs = dashboards.of(site, namespace, plan.cluster(), plan.address()).jobs();
    return create(plan.with(send(jobs, plan, progress, cancellation)), false);
  }

  private Row withFiles() {
    absent();
    FilesSecret secret = new FilesSecret(site, namespace, plan.name());
    secret.check(plan.secret(), pause, cancellation);
    Row row = create(plan.tree(), false);
    String uid = LiveJob.read(site, namespace, plan.name()).uid();
    try {
      secret.create(plan.secret(), uid);
    } catch (Failure e) {
      throw Undoing.undone(site, namespace, plan.name(), uid, e);
    }
    return row;
  }

  static String send(RayJobs jobs, RayJobPlan plan, Progress progress, Cancellation cancellation) {
    String phase = "sending " + plan.directory().path();
    return jobs.upload(
        plan.directory(), (done, total) -> progress.at(phase, done, total), cancellation);
  }

  private Row create(ObjectNode tree, boolean dryRun) {
    boolean said = !site.target().namespace().isEmpty();
    Wish wish =
        new Wish(
            RayJobRow.RESOURCE,
            Yaml.write(tree),
            origin,
            said ? site.namespace() : namespace,
            said);
    return site.operations().writing().create(wish, dryRun);
  }

  private Submitted dryRun() {
    if (plan.directory() != null) {
      warnings.add(
          "The working directory " + plan.directory().path() + " is not sent in a dry run.");
    }
    try {
      create(plan.tree(), true);
    } catch (Failure e) {
      if (e.kind() != Failure.Kind.NO_ANSWER) {
        throw e;
      }
      warnings.add("The server has not checked it: " + e.getMessage());
    }
    return new Submitted(null, plan.yaml(), "", List.copyOf(warnings));
  }

  /** Files are not sent for a job that cannot be made. */
  private void absent() {
    if (LiveJob.find(site, namespace, plan.name()).isPresent()) {
      throw new Failure(
          Failure.Kind.EXISTS,
          "There is a RayJob " + plan.name() + " in the namespace " + namespace + " already.");
    }
  }

  private void priorityClass() {
    String wanted = plan.priorityClass();
    if (wanted.isEmpty()) {
      return;
    }
    try {
      site.operations().reading().get(WorkloadPriorityClassRow.KIND, "", wanted);
    } catch (Failure e) {
      switch (e.kind()) {
        case NOT_FOUND ->
            throw new Failure(
                Failure.Kind.USAGE,
                "--priority-class: there is no WorkloadPriorityClass \""
                    + wanted
                    + "\" (muster list workloadpriorityclass shows those that there are).",
                e);
        case FORBIDDEN ->
            warnings.add(
                "Whether there is a WorkloadPriorityClass "
                    + wanted
                    + " is not known: "
                    + e.getMessage());
        default -> throw e;
      }
    }
  }

  private Row cluster() {
    try {
      return site.operations().reading().get(RayClusterRow.KIND, namespace, plan.cluster());
    } catch (Failure e) {
      throw e.kind() == Failure.Kind.NOT_FOUND
          ? new Failure(
              e.kind(), e.getMessage() + " muster list raycluster shows those that there are.", e)
          : e;
    }
  }

  /** Of the head: what submits the job must have the same Ray. */
  private String image(Row cluster) {
    String yaml;
    try {
      yaml =
          site.operations()
              .reading()
              .manifest(RayClusterRow.RESOURCE, namespace, plan.cluster(), false);
    } catch (Failure e) {
      // An AppWrapper that is suspended or waits has no cluster in it.
      throw e.kind() == Failure.Kind.NOT_FOUND ? notThere(cluster, e) : e;
    }
    return RayJobPlan.headImage(
        Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8), "The server's answer").path("spec"));
  }

  private void ready(Row cluster) {
    if (cluster.ready()) {
      return;
    }
    if (plan.directory() != null && !plan.interactive()) {
      throw notThere(cluster, null);
    }
    warnings.add(standing(cluster) + ": the job begins when it is ready; --wait waits for that.");
  }

  private Failure notThere(Row cluster, Failure cause) {
    return new Failure(
        Failure.Kind.FAILED,
        standing(cluster)
            + ", so nothing can be sent to it; wait for it with muster wait raycluster "
            + plan.cluster()
            + ".",
        cause);
  }

  private String standing(Row cluster) {
    return "The RayCluster "
        + plan.cluster()
        + " is "
        + cluster.state()
        + (cluster.reason().isEmpty() ? "" : " (" + cluster.reason() + ")");
  }
}
