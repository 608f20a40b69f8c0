package dev.muster.daemon.kubernetes;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = RealServer.KUBECONFIG, matches = ".+")
class RealServerReachTest extends ReachContract {
  private Rig rig;
  private RealServer server;

  @Override
  Path kubeconfig() {
    return RealServer.kubeconfig();
  }

  @Override
  Path viewer() {
    return kubeconfig().resolveSibling("viewer.kubeconfig");
  }

  @Override
  String newNamespace() {
    rig = new Rig(directory);
    server = new RealServer(rig, directory);
    return server.newNamespace();
  }

  @AfterEach
  void deleteNamespace() {
    server.deleteNamespace(namespace);
    server.close();
    rig.close();
  }
}
