package dev.muster.daemon.kubernetes;

import dev.muster.daemon.core.CacheReader;
import dev.muster.daemon.core.CacheWriter;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.clients.ApiClients;
import dev.muster.daemon.kubernetes.clients.Verification;
import dev.muster.daemon.kubernetes.contexts.Access;
import dev.muster.daemon.kubernetes.contexts.ExecPlugins;
import dev.muster.daemon.kubernetes.contexts.Verifier;
import dev.muster.daemon.kubernetes.informers.Watches;
import dev.muster.daemon.kubernetes.operations.Operations;
import java.time.Clock;
import java.time.Duration;

/** All that is open to servers: the clients, and the watches that they serve. */
final class Connections implements AutoCloseable {
  private static final Duration PLUGIN = Duration.ofSeconds(30);

  private final CacheWriter writer;
  private final Clock clock;
  private final ApiClients clients;
  private final Watches watches;

  /**
   * @param writer gets what is seen
   * @param reader says when something was last seen, over restarts
   * @param clock stamps what is seen
   */
  Connections(CacheWriter writer, CacheReader reader, Clock clock) {
    this.writer = writer;
    this.clock = clock;
    this.clients = new ApiClients(new ExecPlugins(clock, PLUGIN));
    this.watches = new Watches(writer, reader, clients, clock);
  }

  Watches watches() {
    return watches;
  }

  ApiClient client(Access access) {
    return clients.get(access);
  }

  /** What can be done with that access. */
  Operations operations(Access access) {
    return new Operations(clients.get(access), watches.rows(access.identity()), writer, clock);
  }

  Verifier verifier() {
    return new Verification(clients);
  }

  /** Whoever has that credential is not watched for any more, also as somebody else. */
  void forget(Access signedOut) {
    watches.forget(signedOut::hasLoginOf);
    clients.forget(signedOut::hasLoginOf);
  }

  @Override
  public void close() {
    watches.close();
    clients.close();
  }
}
