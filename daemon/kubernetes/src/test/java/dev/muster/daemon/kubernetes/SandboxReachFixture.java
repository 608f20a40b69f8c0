package dev.muster.daemon.kubernetes;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.kubernetes.reach.Reach;
import dev.muster.daemon.sandbox.Sandbox;
import dev.muster.daemon.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox's clusters, one sandbox for all tests of a class, and what reaches them. */
abstract class SandboxReachFixture extends ReachFixture {
  @TempDir static Path files;

  static Sandbox sandbox;

  @BeforeAll
  static void startSandbox() {
    sandbox = Sandbox.start(SandboxOptions.fast(files));
  }

  @AfterAll
  static void stopSandbox() {
    sandbox.close();
  }

  @Override
  Path kubeconfig() {
    return sandbox.kubeconfig("admin");
  }

  @Override
  Path viewer() {
    return sandbox.kubeconfig("viewer");
  }

  @Override
  String newNamespace() {
    String name = "reach-" + UUID.randomUUID().toString().substring(0, 8);
    sandbox.createNamespace(name);
    return name;
  }

  Caller admin() {
    return caller(kubeconfig());
  }

  /** What reaches the clusters of the test's namespace with the rights of whoever asks. */
  Reach reach(InstantSource clock) {
    return new Reach(
        (caller, target) ->
            new Reach.Place(() -> api(Path.of(caller.environment().get("KUBECONFIG"))), namespace),
        ways,
        Duration.ofMillis(20),
        clock);
  }
}
