package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.core.CacheReader;
import dev.muster.daemon.core.CacheWriter;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.operations.Operations;
import dev.muster.daemon.kubernetes.reach.RayWays;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * Where one request about jobs is done, and with what.
 *
 * @param scope of the request; its namespace is the one asked for, empty for all
 * @param client the client of now, asked again when credentials are renewed
 * @param operations what can be done with the API server's objects
 * @param ways to dashboards
 * @param reader what is known already
 * @param writer gets what is seen
 */
public record Site(
    Caller caller,
    Target target,
    Scope scope,
    Supplier<ApiClient> client,
    Operations operations,
    RayWays ways,
    CacheReader reader,
    CacheWriter writer,
    Clock clock) {
  /** The one namespace of the request; empty for all. */
  public String namespace() {
    return scope.namespace();
  }
}
