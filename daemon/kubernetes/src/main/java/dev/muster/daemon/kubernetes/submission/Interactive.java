package dev.muster.daemon.kubernetes.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Jobs.Progress;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.define.RayJobPlan;
import dev.muster.daemon.kubernetes.jobs.Site;
import dev.muster.daemon.kubernetes.rayjob.RayJobRow;
import dev.muster.daemon.ray.RayJobs;
import dev.muster.daemon.ray.RaySubmission;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A RayJob in KubeRay's InteractiveMode, which is there already and waits for its job: until the
 * job's id is in its spec, it is worth nothing to anybody, so whatever goes wrong deletes it.
 */
final class Interactive {
  /** For a dashboard to answer whose cluster KubeRay calls ready. */
  private static final Duration DASHBOARD = Duration.ofMinutes(2);

  private final Site site;
  private final RayJobPlan plan;
  private final String namespace;
  private final Dashboards dashboards;
  private final Duration pause;
  private final Progress progress;
  private final Cancellation cancellation;

  Interactive(
      Site site,
      RayJobPlan plan,
      String namespace,
      Dashboards dashboards,
      Duration pause,
      Progress progress,
      Cancellation cancellation) {
    this.site = site;
    this.plan = plan;
    this.namespace = namespace;
    this.dashboards = dashboards;
    this.pause = pause;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  Row submit() {
    String uid = LiveJob.read(site, namespace, plan.name()).uid();
    try {
      String cluster = waits(uid);
      RayJobs jobs = answering(cluster);
      return run(jobs);
    } catch (Failure e) {
      throw Undoing.undone(site, namespace, plan.name(), uid, e);
    }
  }

  /** Until its cluster is ready, and KubeRay waits for the job. */
  private String waits(String uid) {
    while (true) {
      LiveJob job = LiveJob.read(site, namespace, plan.name());
      if (!job.uid().equals(uid)) {
        throw new Failure(
            Failure.Kind.NOT_FOUND,
            "The RayJob " + plan.name() + " was deleted while its cluster started.");
      }
      if (job.deployment().equals("Waiting")) {
        return job.cluster();
      }
      Row row = LiveJob.row(site, namespace, plan.name());
      if (job.over()) {
        throw new Failure(
            Failure.Kind.FAILED,
            "The RayJob "
                + plan.name()
                + " failed before anything could be sent to it"
                + (row.reason().isEmpty() ? "." : ": " + row.reason() + "."));
      }
      progress.at(row.reason().isEmpty() ? "waiting for its cluster" : row.reason(), 0, 0);
      pause();
    }
  }

  private void pause() {
    if (!cancellation.pause(pause)) {
      throw new Failure(
          Failure.Kind.FAILED, "The submission of " + plan.name() + " was broken off.");
    }
  }

  private RayJobs answering(String cluster) {
    Instant until = site.clock().instant().plus(DASHBOARD);
    while (true) {
      try {
        Dashboards.Found found = dashboards.of(site, namespace, cluster, plan.address());
        try {
          found.jobs().version();
          return found.jobs();
        } catch (Failure e) {
          site.ways().lost(found.endpoint());
          throw e;
        }
      } catch (Failure e) {
        if (e.kind() != Failure.Kind.NO_ANSWER || site.clock().instant().isAfter(until)) {
          throw e;
        }
      }
      progress.at("waiting for the dashboard of " + cluster, 0, 0);
      pause();
    }
  }

  private Row run(RayJobs jobs) {
    String uri =
        plan.directory() == null ? "" : Submitting.send(jobs, plan, progress, cancellation);
    ObjectNode env = uri.isEmpty() ? plan.runtimeEnv() : plan.env(uri);
    progress.at("submitting", 0, 0);
    String id = jobs.submit(submission(env));
    ObjectNode patch = Yaml.JSON.createObjectNode();
    ObjectNode spec = patch.putObject("spec").put("jobId", id);
    if (!uri.isEmpty()) {
      spec.put("runtimeEnvYAML", plan.yaml(uri));
    }
    try {
      return site.operations()
          .writing()
          .patch(RayJobRow.RESOURCE, namespace, plan.name(), Yaml.json(patch), "merge", false);
    } catch (Failure e) {
      jobs.stop(id);
      throw e;
    }
  }

  private RaySubmission submission(ObjectNode env) {
    JsonNode spec = plan.tree().path("spec");
    Map<String, String> metadata = new LinkedHashMap<>();
    spec.path("metadata")
        .properties()
        .forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
    Map<String, Double> resources = new LinkedHashMap<>();
    String custom = spec.path("entrypointResources").asText("{}");
    Yaml.parse(custom.getBytes(StandardCharsets.UTF_8), "entrypointResources")
        .properties()
        .forEach(e -> resources.put(e.getKey(), e.getValue().asDouble()));
    return new RaySubmission(
        spec.path("jobId").asText(""),
        spec.path("entrypoint").asText(),
        env,
        metadata,
        number(spec.path("entrypointNumCpus")),
        number(spec.path("entrypointNumGpus")),
        plan.memoryBytes(),
        resources);
  }

  private static Double number(JsonNode amount) {
    return amount.isNumber() ? Double.valueOf(amount.asDouble()) : null;
  }
}
