package dev.muster.daemon.kubernetes;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.clients.ApiClients;
import dev.muster.daemon.kubernetes.contexts.Contexts;
import dev.muster.daemon.kubernetes.contexts.ExecPlugins;
import dev.muster.daemon.kubernetes.contexts.InCluster;
import dev.muster.daemon.kubernetes.reach.Ways;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server, a namespace of each test's own, and Ray clusters to be reached. */
abstract class ReachFixture {
  static final Duration LONG = Duration.ofSeconds(60);

  /** One head and one worker. */
  private static final String CLUSTER =
      """
      {"apiVersion":"ray.io/v1","kind":"RayCluster","metadata":{"name":"demo"},
       "spec":{"rayVersion":"2.60.0",
        "headGroupSpec":{"rayStartParams":{},
         "template":{"spec":{"containers":[{"name":"ray-head","image":"rayproject/ray:2.60.0"}]}}},
        "workerGroupSpecs":[{"groupName":"small","replicas":1,"minReplicas":1,"maxReplicas":1,
         "rayStartParams":{},
         "template":{"spec":{"containers":[{"name":"worker","image":"rayproject/ray:2.60.0"}]}}}]}}
      """;

  @TempDir Path directory;

  Ways ways;
  ApiClients clients;
  String namespace;

  /** The kubeconfig of a user who may do everything. */
  abstract Path kubeconfig();

  /** The kubeconfig of one who may only read. */
  abstract Path viewer();

  /** A namespace of this test alone. */
  abstract String newNamespace();

  @BeforeEach
  void open() {
    ways = new Ways(Clock.systemUTC());
    clients = new ApiClients(new ExecPlugins(Clock.systemUTC(), Duration.ofSeconds(5)));
    namespace = newNamespace();
  }

  @AfterEach
  void close() {
    ways.close();
    clients.close();
  }

  /** Somebody who types a command. */
  Caller caller(Path kubeconfig) {
    return new Caller(
        directory,
        Map.of("KUBECONFIG", kubeconfig.toString(), "HOME", directory.toString()),
        false);
  }

  /** The client of somebody. */
  ApiClient api(Path kubeconfig) {
    InCluster none = new InCluster(directory.resolve("none"), Map.of());
    return clients.get(
        new Contexts(directory.resolve("none"), none).resolve(caller(kubeconfig), Target.DEFAULT));
  }

  JsonNode pods(String query) {
    return api(kubeconfig()).get("/api/v1/namespaces/" + namespace + "/pods" + query).path("items");
  }

  /** The name of the head pod; empty without one. */
  String head() {
    return pods("?labelSelector=ray.io%2Fnode-type%3Dhead").at("/0/metadata/name").asText("");
  }

  /** Makes the cluster demo, and waits for its pods. */
  void create() throws Exception {
    ObjectNode cluster = (ObjectNode) Yaml.JSON.readTree(CLUSTER);
    String path = "/apis/ray.io/v1/namespaces/" + namespace + "/rayclusters";
    api(kubeconfig()).call("POST", path, cluster);
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> pods("?fieldSelector=status.phase%3DRunning").size() == 2);
  }
}
