package dev.muster.daemon.sandbox.contract;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = ServerContract.KUBECONFIG, matches = ".+")
final class RealServerDeactivationTest extends DeactivationContract {

  @Override
  protected Path kubeconfig() {
    return Path.of(System.getProperty(KUBECONFIG));
  }
}
