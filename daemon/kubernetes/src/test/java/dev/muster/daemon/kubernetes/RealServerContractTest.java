package dev.muster.daemon.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.clients.ApiClients;
import dev.muster.daemon.kubernetes.contexts.Contexts;
import dev.muster.daemon.kubernetes.contexts.ExecPlugins;
import dev.muster.daemon.kubernetes.contexts.InCluster;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * On the server that "muster.contract.kubeconfig" names, as somebody who may do everything;
 * "viewer.kubeconfig" of somebody who may only read lies beside it.
 */
@EnabledIfSystemProperty(named = "muster.contract.kubeconfig", matches = ".+")
class RealServerContractTest extends SourceContract {
  private ApiClients clients;

  @Override
  Path kubeconfig() {
    return Path.of(System.getProperty("muster.contract.kubeconfig"));
  }

  @Override
  Path viewer() {
    return kubeconfig().resolveSibling("viewer.kubeconfig");
  }

  @Override
  String newNamespace() {
    String name = "contract-" + UUID.randomUUID().toString().substring(0, 8);
    ObjectNode body = Yaml.JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Namespace");
    body.putObject("metadata").put("name", name);
    api().call("POST", "/api/v1/namespaces", body);
    // Pods are refused until the namespace has its service account.
    Awaitility.await()
        .atMost(LONG)
        .ignoreExceptions()
        .until(() -> api().get("/api/v1/namespaces/" + name + "/serviceaccounts/default") != null);
    return name;
  }

  @AfterEach
  void deleteNamespace() {
    api().call("DELETE", "/api/v1/namespaces/" + namespace, null);
    clients.close();
  }

  private ApiClient api() {
    if (clients == null) {
      clients = new ApiClients(new ExecPlugins(Clock.systemUTC(), Duration.ofSeconds(5)));
    }
    InCluster none = new InCluster(directory.resolve("none"), Map.of());
    return clients.get(
        new Contexts(directory.resolve("none"), none)
            .resolve(rig.caller(kubeconfig()), Target.DEFAULT));
  }
}
