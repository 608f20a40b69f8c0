package dev.muster.daemon.sandbox.contract;

import dev.muster.daemon.sandbox.Sandbox;
import dev.muster.daemon.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A sandbox for all tests of a class, twenty times as fast as in truth. */
final class SandboxServer implements BeforeAllCallback, AfterAllCallback {
  private Path directory;
  private Sandbox sandbox;
  private Path kubeconfig;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    directory = Files.createTempDirectory("sandbox-contract");
    sandbox = Sandbox.start(SandboxOptions.fast(directory).withSpeed(20));
    kubeconfig = sandbox.kubeconfig("admin");
    sandbox.kubeconfig("viewer");
  }

  /** The administrator's; the viewer's lies beside it. */
  Path kubeconfig() {
    return kubeconfig;
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    sandbox.close();
    try (Stream<Path> tree = Files.walk(directory)) {
      List<Path> files = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }
}
