package dev.muster.daemon.kubernetes;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** With the operators of AppWrapper and Kueue, and their webhooks. */
@EnabledIfSystemProperty(named = RealServer.KUBECONFIG, matches = ".+")
class RealServerWrappedTest extends WrappedContract {
  private RealServer server;

  @Override
  Path kubeconfig() {
    return RealServer.kubeconfig();
  }

  @Override
  Path alice() {
    return kubeconfig().resolveSibling("alice.kubeconfig");
  }

  @Override
  String newNamespace() {
    server = new RealServer(rig, directory);
    return server.newNamespace();
  }

  @AfterEach
  void deleteNamespace() {
    server.deleteNamespace(namespace);
    server.close();
  }
}
