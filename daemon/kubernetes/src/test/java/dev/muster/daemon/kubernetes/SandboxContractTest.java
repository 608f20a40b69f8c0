package dev.muster.daemon.kubernetes;

import dev.muster.daemon.sandbox.Sandbox;
import dev.muster.daemon.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class SandboxContractTest extends SourceContract {
  @TempDir static Path files;

  private static Sandbox sandbox;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.start(SandboxOptions.fast(files));
  }

  @AfterAll
  static void stop() {
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
    String name = "contract-" + UUID.randomUUID().toString().substring(0, 8);
    sandbox.createNamespace(name);
    return name;
  }
}
