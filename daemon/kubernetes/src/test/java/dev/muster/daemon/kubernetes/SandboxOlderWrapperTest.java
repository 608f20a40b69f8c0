package dev.muster.daemon.kubernetes;

import dev.muster.daemon.sandbox.Sandbox;
import dev.muster.daemon.sandbox.SandboxOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SandboxOlderWrapperTest extends OlderWrapperContract {
  @TempDir Path files;
  private Sandbox sandbox;

  @BeforeEach
  void start() {
    sandbox = Sandbox.start(SandboxOptions.fast(files));
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Override
  Path kubeconfig() {
    return sandbox.kubeconfig("admin");
  }

  @Override
  String newNamespace() {
    sandbox.createNamespace("older");
    return "older";
  }

  @Override
  void serveOnly(String group, String version) {
    sandbox.removeCrds("workload.codeflare.dev/v1beta2");
    sandbox.installCrds(group + "/" + version);
  }
}
