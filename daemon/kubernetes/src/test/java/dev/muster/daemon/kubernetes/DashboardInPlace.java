package dev.muster.daemon.kubernetes;

import static org.awaitility.Awaitility.await;

import dev.muster.daemon.sandbox.Sandbox;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;

/** A test's dashboard in the place of the one that the sandbox gives to each head pod. */
final class DashboardInPlace {
  private static final int PORT = 8265;

  private DashboardInPlace() {}

  /** The sandbox's own comes a moment after its pod runs, and would take the place back. */
  static void of(Sandbox sandbox, String namespace, String head, UnixDomainSocketAddress socket) {
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> sandbox.network().local(namespace, head, PORT).isPresent());
    sandbox.network().listen(namespace, head, PORT, socket);
  }
}
