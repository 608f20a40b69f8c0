package dev.muster.daemon.kubernetes.submission;

import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Jobs.LogQuery;
import dev.muster.daemon.core.Jobs.LogSink;
import dev.muster.daemon.core.Jobs.Progress;
import dev.muster.daemon.core.Jobs.Submission;
import dev.muster.daemon.core.Jobs.Submitted;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.define.LocalQueues;
import dev.muster.daemon.kubernetes.jobs.JobRunner;
import dev.muster.daemon.kubernetes.jobs.Site;
import dev.muster.daemon.ray.RayEndpoint;
import dev.muster.daemon.ray.RayJobs;
import java.time.Duration;
import java.util.function.Function;

/**
 * RayJobs: what KubeRay runs, on a cluster that is there or on one that it makes for the job.
 *
 * <p>How files of this machine get to a job: those for a cluster that is there are sent to its
 * dashboard before the RayJob is made, which then names the package ("gcs://..."). A cluster of the
 * job's own is not there yet; such a RayJob is made in KubeRay's InteractiveMode: KubeRay makes the
 * cluster and waits, muster sends the files and submits the job by Ray's own API, and writes its id
 * into the RayJob, from where on KubeRay looks after it. Whoever breaks off before that leaves
 * nothing behind.
 */
public final class RayJobRunner implements JobRunner {
  private final Dashboards dashboards;
  private final Function<Site, LocalQueues> queues;
  private final Duration pause;

  /**
   * @param jobs Ray's job API behind a way to a dashboard
   * @param queues the local queues that a job may be queued in; may answer null: nobody can say
   * @param pause between two questions about the same job
   */
  public RayJobRunner(
      Function<RayEndpoint, RayJobs> jobs, Function<Site, LocalQueues> queues, Duration pause) {
    this.dashboards = new Dashboards(jobs);
    this.queues = queues;
    this.pause = pause;
  }

  @Override
  public Submitted submit(
      Site site, Submission what, Progress progress, Cancellation cancellation) {
    Wanted wanted = Wanted.of(site, what, queues.apply(site));
    return new Submitting(site, wanted, dashboards, pause, progress, cancellation)
        .submit(what.dryRun());
  }

  @Override
  public Row stop(Site site, String name) {
    return new Stopping(site, one(site), name, dashboards).stop();
  }

  @Override
  public Row resubmit(Site site, String name) {
    return new Resubmitting(site, one(site), name, pause).resubmit();
  }

  @Override
  public Row logs(Site site, LogQuery query, LogSink sink, Cancellation cancellation)
      throws java.io.IOException {
    return new JobLog(site, one(site), query, sink, dashboards, pause, cancellation).show();
  }

  static String one(Site site) {
    if (site.namespace().isEmpty()) {
      throw Failure.usage("One resource is in one namespace: name it with --namespace.");
    }
    return site.namespace();
  }
}
