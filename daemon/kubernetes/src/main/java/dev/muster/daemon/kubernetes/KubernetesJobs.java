package dev.muster.daemon.kubernetes;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Explanation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Jobs;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.contexts.Contexts;
import dev.muster.daemon.kubernetes.jobs.Asker;
import dev.muster.daemon.kubernetes.jobs.JobKind;
import dev.muster.daemon.kubernetes.jobs.JobRunner;
import dev.muster.daemon.kubernetes.jobs.JobWatch;
import dev.muster.daemon.kubernetes.jobs.JobsRunner;
import dev.muster.daemon.kubernetes.jobs.Site;
import dev.muster.daemon.kubernetes.rayjob.RayJobRow;
import dev.muster.daemon.kubernetes.submission.RayJobRunner;
import dev.muster.daemon.ray.HttpRayJobs;
import dev.muster.daemon.ray.RayAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The jobs of Kubernetes: the kind "job", which is no kind of an API server's, and what RayJobs can
 * beyond what every object can.
 */
final class KubernetesJobs implements Jobs {
  /** Between two questions about the same RayJob. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Contexts contexts;
  private final Connections connections;
  private final JobsRunner jobs;
  private final Map<String, JobRunner> runners;

  KubernetesJobs(Contexts contexts, Connections connections, WatchedKinds kinds) {
    this.contexts = contexts;
    this.connections = connections;
    this.jobs = new JobsRunner(connections.jobs(), connections.rays(), Pause.real());
    this.runners =
        Map.of(
            JobKind.NAME,
            jobs,
            RayJobRow.KIND,
            new RayJobRunner(
                HttpRayJobs::new, site -> kinds.of(site.caller(), site.target()), PAUSE));
  }

  /** Whether that is the kind "job". */
  static boolean are(String kind) {
    return kind.equals(JobKind.NAME);
  }

  JobWatch watch() {
    return connections.jobs();
  }

  Observation ensureWatched(Caller caller, Target target, Duration patience) {
    Aim aim = new Aim(contexts, caller, target);
    introduce(aim, caller, target.dashboard());
    Scope scope = aim.scope();
    return watch()
        .ensure(
            scope,
            new Asker(() -> connections.client(aim.resolved()), caller.environment()),
            (kind, patient) ->
                connections.watches().ensure(scope, aim.access(), aim::resolved, kind, patient),
            patience);
  }

  List<Row> list(Caller caller, Target target) {
    return jobs.list(site(caller, target));
  }

  Row get(Caller caller, Target target, String name) {
    return jobs.get(site(caller, target), name);
  }

  String manifest(Caller caller, Target target, String name, boolean clean) {
    return jobs.manifest(site(caller, target), name, clean);
  }

  Row delete(Caller caller, Target target, String name, boolean dryRun) {
    return jobs.delete(site(caller, target), name, dryRun);
  }

  Explanation explain(Caller caller, Target target, String name) {
    return jobs.explain(site(caller, target), name);
  }

  String address(Caller caller, Target target, String name) {
    return watch().address(new Aim(contexts, caller, target).scope(), name);
  }

  @Override
  public Submitted submit(
      Caller caller, Target target, Submission what, Progress progress, Cancellation cancellation) {
    return runner(what.kind()).submit(site(caller, target), what, progress, cancellation);
  }

  @Override
  public Row stop(Caller caller, Target target, String kind, String name) {
    return runner(kind).stop(site(caller, target), name);
  }

  @Override
  public Row resubmit(Caller caller, Target target, String kind, String name) {
    return runner(kind).resubmit(site(caller, target), name);
  }

  @Override
  public Row logs(
      Caller caller, Target target, LogQuery query, LogSink sink, Cancellation cancellation)
      throws IOException {
    return runner(query.kind()).logs(site(caller, target), query, sink, cancellation);
  }

  private JobRunner runner(String kind) {
    JobRunner runner = runners.get(kind);
    if (runner == null) {
      throw Failure.usage("A " + kind + " is no job.");
    }
    return runner;
  }

  /** What somebody says of a cluster's dashboard goes for whatever asks for it from now on. */
  private void introduce(Aim aim, Caller caller, Target.Dashboard typed) {
    if (typed.equals(Target.Dashboard.NONE)) {
      return;
    }
    if (typed.cluster().isEmpty()) {
      throw Failure.usage(
          "--address is about one Ray cluster: name it with --cluster-name, or as CLUSTER/NAME.");
    }
    RayAddress address =
        RayAddress.of(typed.address(), typed.headers(), typed.verify(), caller.directory());
    connections
        .ways()
        .introduce(aim.access().identity(), aim.one(JobKind.NAME), typed.cluster(), address);
  }

  private Site site(Caller caller, Target target) {
    Aim aim = new Aim(contexts, caller, target);
    introduce(aim, caller, target.dashboard());
    return new Site(
        caller,
        target,
        aim.scope(),
        () -> connections.client(aim.resolved()),
        connections.operations(aim.access()),
        connections.ways(),
        connections.reader(),
        connections.writer(),
        connections.clock());
  }
}
