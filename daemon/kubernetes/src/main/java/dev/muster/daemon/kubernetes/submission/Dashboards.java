package dev.muster.daemon.kubernetes.submission;

import dev.muster.daemon.kubernetes.jobs.Site;
import dev.muster.daemon.ray.RayAddress;
import dev.muster.daemon.ray.RayEndpoint;
import dev.muster.daemon.ray.RayJobs;
import java.util.function.Function;

/** Ray's job API of a cluster, by whichever way leads to its dashboard. */
record Dashboards(Function<RayEndpoint, RayJobs> jobs) {
  /** A way that leads there now, and what is behind it. */
  record Found(RayEndpoint endpoint, RayJobs jobs) {}

  /**
   * @param address that the user gave
   */
  Found of(Site site, String namespace, String cluster, RayAddress address) {
    RayEndpoint endpoint =
        site.ways().to(site.client(), site.caller().environment(), namespace, cluster, address);
    return new Found(endpoint, jobs.apply(endpoint));
  }
}
