package dev.muster.daemon.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.contract.ApiClient.Reply;
import dev.muster.daemon.sandbox.store.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What contracts have in common: an administrator and a viewer of a server, and a namespace of each
 * test's own. The server is the sandbox or a real one with KubeRay and kwok.
 */
public abstract class ServerContract {

  /** Names the kubeconfig of a real server; {@code viewer.kubeconfig} lies beside it. */
  public static final String KUBECONFIG = "muster.contract.kubeconfig";

  protected final String namespace = "contract-" + UUID.randomUUID().toString().substring(0, 8);
  protected final String rayclusters = "/apis/ray.io/v1/namespaces/" + namespace + "/rayclusters";
  protected final String appwrappers =
      "/apis/workload.codeflare.dev/v1beta2/namespaces/" + namespace + "/appwrappers";
  protected final String kueue = "/apis/kueue.x-k8s.io/v1beta1";
  protected final String workloads = kueue + "/namespaces/" + namespace + "/workloads";
  protected final String core = "/api/v1/namespaces/" + namespace;

  protected ApiClient admin;
  protected ApiClient viewer;

  /** The administrator's kubeconfig; {@code viewer.kubeconfig} lies beside it. */
  protected abstract Path kubeconfig();

  @BeforeEach
  void connect() {
    admin = ApiClient.of(kubeconfig());
    viewer = ApiClient.of(kubeconfig().resolveSibling("viewer.kubeconfig"));
    ObjectNode tree = Json.object();
    tree.putObject("metadata").put("name", namespace);
    assertThat(admin.post("/api/v1/namespaces", tree).code()).isEqualTo(201);
    // Pods need it on a real server, where a controller makes it a moment later.
    if (admin.get("/api/v1/namespaces/default/serviceaccounts").code() == 200) {
      eventually(core + "/serviceaccounts/default", reply -> reply.code() == 200);
    }
  }

  @AfterEach
  void clean() {
    admin.delete("/api/v1/namespaces/" + namespace);
    admin.close();
    viewer.close();
  }

  /** The cluster of the recorded samples. */
  protected static ObjectNode demo() {
    return Samples.demo("demo");
  }

  /** The same under another name, suspended, so that nothing runs. */
  protected static ObjectNode idle(String name) {
    return Samples.idle(name);
  }

  protected static ObjectNode metadata(ObjectNode object) {
    return (ObjectNode) object.get("metadata");
  }

  protected static ObjectNode spec(ObjectNode object) {
    return (ObjectNode) object.get("spec");
  }

  protected Reply create(ObjectNode cluster) {
    return create(rayclusters, cluster);
  }

  protected Reply create(String path, ObjectNode object) {
    Reply reply = admin.post(path, object);
    assertThat(reply.code()).as(reply.text()).isEqualTo(201);
    return reply;
  }

  protected ObjectNode secret(String name) {
    ObjectNode secret = Json.object().put("apiVersion", "v1").put("kind", "Secret");
    secret.putObject("metadata").put("name", name);
    return secret;
  }

  /** Reads until the answer is as wanted, and gives it. */
  protected Reply eventually(String path, Predicate<Reply> wanted) {
    Reply[] last = new Reply[1];
    Awaitility.await(path)
        .atMost(Duration.ofSeconds(120))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () -> {
              last[0] = admin.get(path);
              assertThat(wanted.test(last[0])).as(last[0].text()).isTrue();
            });
    return last[0];
  }

  /** The objects of a list. */
  protected List<JsonNode> items(String path) {
    List<JsonNode> items = new ArrayList<>();
    admin.get(path).body().path("items").forEach(items::add);
    return items;
  }

  /** The message of a condition, empty when there is no such condition. */
  protected static String message(JsonNode object, String type) {
    for (JsonNode condition : object.at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition.path("message").asText();
      }
    }
    return "";
  }

  /** {@code True REASON}, or empty when there is no such condition. */
  protected static String condition(JsonNode object, String type) {
    for (JsonNode condition : object.at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition.path("status").asText() + " " + condition.path("reason").asText();
      }
    }
    return "";
  }
}
