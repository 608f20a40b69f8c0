package dev.muster.daemon.sandbox.contract;

import dev.muster.daemon.sandbox.Sandbox;
import dev.muster.daemon.sandbox.SandboxOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class SandboxRefusalTest extends RefusalContract {

  @TempDir private static Path directory;
  private static Sandbox sandbox;
  private static Path kubeconfig;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.start(SandboxOptions.fast(directory).withSpeed(20));
    kubeconfig = sandbox.kubeconfig("admin");
    sandbox.kubeconfig("viewer");
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @Override
  protected Path kubeconfig() {
    return kubeconfig;
  }
}
