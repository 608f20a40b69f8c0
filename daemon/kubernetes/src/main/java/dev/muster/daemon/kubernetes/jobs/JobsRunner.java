package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Explanation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Jobs.LogQuery;
import dev.muster.daemon.core.Jobs.LogSink;
import dev.muster.daemon.core.Jobs.Progress;
import dev.muster.daemon.core.Jobs.Submission;
import dev.muster.daemon.core.Jobs.Submitted;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.Pause;
import java.io.IOException;
import java.util.List;

/** What can be done with the kind "job", wherever its jobs run. */
public final class JobsRunner implements JobRunner {
  private final JobWatch watch;
  private final Places places;
  private final ClusterJobs onClusters;
  private final WrappedJobs wrapped;
  private final Submitting submitting;

  /**
   * @param watch which the rows of jobs come from
   */
  public JobsRunner(JobWatch watch, Rays rays, Pause pause) {
    this.watch = watch;
    this.places = new Places(watch, rays);
    this.onClusters = new ClusterJobs(places, pause);
    this.wrapped = new WrappedJobs(watch, pause);
    this.submitting = new Submitting(places, onClusters, wrapped, pause);
  }

  /** As it is in keys; what the cache does not know may be an AppWrapper that it has not seen. */
  private String address(Site site, String name) {
    Places.one(site);
    String known = watch.address(site.scope(), name);
    return JobKind.cluster(known).isEmpty() && wrapped.isThere(site, known)
        ? JobKind.WRAPPED + "/" + known
        : known;
  }

  @Override
  public Submitted submit(
      Site site, Submission what, Progress progress, Cancellation cancellation) {
    Places.one(site);
    return submitting.submit(site, what, progress, cancellation);
  }

  @Override
  public Row stop(Site site, String name) {
    String job = address(site, name);
    return JobKind.isWrapped(job) ? wrapped.stop(site, job) : onClusters.stop(site, job);
  }

  @Override
  public Row resubmit(Site site, String name) {
    String job = address(site, name);
    return JobKind.isWrapped(job) ? wrapped.resubmit(site, job) : onClusters.resubmit(site, job);
  }

  @Override
  public Row logs(Site site, LogQuery query, LogSink sink, Cancellation cancellation)
      throws IOException {
    String job = address(site, query.name());
    LogQuery of =
        new LogQuery(
            query.kind(),
            job,
            query.follow(),
            query.since(),
            query.tail(),
            query.rank(),
            query.pod(),
            query.bookmarks());
    return JobKind.isWrapped(job)
        ? wrapped.logs(site, of, sink, cancellation)
        : onClusters.logs(site, of, sink, cancellation);
  }

  /** Stops it if need be, and deletes it; answers with the row as it was. */
  public Row delete(Site site, String name, boolean dryRun) {
    String job = address(site, name);
    return JobKind.isWrapped(job)
        ? wrapped.delete(site, job, dryRun)
        : onClusters.delete(site, job, dryRun);
  }

  /** As its dashboard or the API server has it now. */
  public Row get(Site site, String name) {
    String job = address(site, name);
    return JobKind.isWrapped(job) ? wrapped.get(site, job) : onClusters.get(site, job);
  }

  /**
   * All of the namespace, or of all namespaces, as they are now.
   *
   * @throws Failure if a dashboard does not answer
   */
  public List<Row> list(Site site) {
    return places.list(site);
  }

  public Explanation explain(Site site, String name) {
    String job = address(site, name);
    return JobKind.isWrapped(job) ? wrapped.explain(site, job) : onClusters.explain(site, job);
  }

  /** The AppWrapper's; a job on a Ray cluster has none. */
  public String manifest(Site site, String name, boolean clean) {
    String job = address(site, name);
    if (!JobKind.isWrapped(job)) {
      throw Failure.usage(
          "A job on a Ray cluster has no manifest: -o json shows what Ray tells of it.");
    }
    return wrapped.manifest(site, job, clean);
  }
}
