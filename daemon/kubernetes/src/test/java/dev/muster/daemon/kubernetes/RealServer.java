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

/**
 * The server that {@link #KUBECONFIG} names, for somebody who may do everything; the kubeconfig of
 * somebody who may only read lies beside it.
 */
final class RealServer implements AutoCloseable {
  /** A system property. */
  static final String KUBECONFIG = "muster.contract.kubeconfig";

  private static final Duration LONG = Duration.ofSeconds(60);

  private final ApiClients clients =
      new ApiClients(new ExecPlugins(Clock.systemUTC(), Duration.ofSeconds(5)));
  private final ApiClient api;

  RealServer(Rig rig, Path directory) {
    InCluster none = new InCluster(directory.resolve("none"), Map.of());
    this.api =
        clients.get(
            new Contexts(directory.resolve("none"), none)
                .resolve(rig.caller(kubeconfig()), Target.DEFAULT));
  }

  static Path kubeconfig() {
    return Path.of(System.getProperty(KUBECONFIG));
  }

  ApiClient api() {
    return api;
  }

  String newNamespace() {
    String name = "contract-" + UUID.randomUUID().toString().substring(0, 8);
    ObjectNode body = Yaml.JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Namespace");
    body.putObject("metadata").put("name", name);
    api.call("POST", "/api/v1/namespaces", body);
    // Pods are refused until the namespace has its service account.
    Awaitility.await()
        .atMost(LONG)
        .ignoreExceptions()
        .until(() -> api.get("/api/v1/namespaces/" + name + "/serviceaccounts/default") != null);
    return name;
  }

  void deleteNamespace(String name) {
    api.call("DELETE", "/api/v1/namespaces/" + name, null);
  }

  @Override
  public void close() {
    clients.close();
  }
}
