package dev.muster.daemon.kubernetes.submission;

import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.jobs.Site;
import dev.muster.daemon.kubernetes.rayjob.RayJobRow;
import dev.muster.daemon.ray.RayAddress;

/**
 * Stops a RayJob without deleting it: by suspending it where KubeRay can, which frees its cluster;
 * on a cluster that others use too by telling Ray.
 */
final class Stopping {
  private final Site site;
  private final String namespace;
  private final String name;
  private final Dashboards dashboards;

  Stopping(Site site, String namespace, String name, Dashboards dashboards) {
    this.site = site;
    this.namespace = namespace;
    this.name = name;
    this.dashboards = dashboards;
  }

  Row stop() {
    LiveJob job = LiveJob.read(site, namespace, name);
    Row row = LiveJob.row(site, namespace, name);
    if (job.over() || job.held(row.state()) || row.state() == State.TERMINATING) {
      return row;
    }
    if (job.suspendable()) {
      return site.operations()
          .suspending()
          .suspend(RayJobRow.RESOURCE, namespace, name, true, false);
    }
    if (job.ray().isEmpty() || job.jobId().isEmpty()) {
      throw new Failure(
          Failure.Kind.FAILED,
          "The RayJob "
              + name
              + " has not begun, and KubeRay cannot suspend a job whose cluster is not its to delete; delete it with muster delete rayjob "
              + name
              + ".");
    }
    dashboards.of(site, namespace, job.cluster(), RayAddress.NONE).jobs().stop(job.jobId());
    return LiveJob.row(site, namespace, name);
  }
}
