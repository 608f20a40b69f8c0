package dev.muster.daemon.sandbox.contract;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SandboxDeactivationTest extends DeactivationContract {

  @RegisterExtension private static final SandboxServer SANDBOX = new SandboxServer();

  @Override
  protected Path kubeconfig() {
    return SANDBOX.kubeconfig();
  }
}
