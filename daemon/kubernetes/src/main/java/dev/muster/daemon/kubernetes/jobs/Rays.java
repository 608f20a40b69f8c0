package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.kubernetes.reach.RayWays;
import dev.muster.daemon.ray.RayAddress;
import dev.muster.daemon.ray.RayEndpoint;
import dev.muster.daemon.ray.RayJobs;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Every Ray that can be talked to, by whatever way leads there at the time. */
public final class Rays {
  private final RayWays ways;
  private final Dialect dialect;

  /** What speaks Ray's job API. */
  @FunctionalInterface
  public interface Dialect {
    /**
     * @param way asked anew for each request
     * @param lost told of one that did not lead there
     */
    RayJobs over(Supplier<RayEndpoint> way, Consumer<RayEndpoint> lost);
  }

  public Rays(RayWays ways, Dialect dialect) {
    this.ways = ways;
    this.dialect = dialect;
  }

  /** That of a cluster. Does not connect. */
  RayJobs of(Supplier<Asker> asker, String namespace, String cluster) {
    return of(asker, namespace, cluster, RayAddress.NONE);
  }

  /**
   * @param address that the user gave for it
   */
  RayJobs of(Supplier<Asker> asker, String namespace, String cluster, RayAddress address) {
    return dialect.over(
        () -> {
          Asker now = asker.get();
          return ways.to(now.client(), now.environment(), namespace, cluster, address);
        },
        ways::lost);
  }
}
