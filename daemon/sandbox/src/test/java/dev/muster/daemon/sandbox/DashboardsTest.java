package dev.muster.daemon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.contract.Samples;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The dashboards of simulated clusters. */
final class DashboardsTest extends RunningSandbox {

  private static HttpRequest.Builder request() {
    return HttpRequest.newBuilder();
  }

  @Test
  void a_head_that_runs_has_a_dashboard_behind_its_service() {
    create(CLUSTERS, Samples.demo("demo"));
    String head = head("demo");
    assertThat(ray(head, request(), "/api/version").body()).contains("\"ray_version\":\"2.47.1\"");
    JsonNode service = admin.get("/api/v1/namespaces/default/services/demo-head-svc").body();
    assertThat(service.at("/metadata/ownerReferences/0/name").asText()).isEqualTo("demo");
    assertThat(service.at("/spec/ports").toString()).contains("\"port\":8265");
  }

  @Test
  void a_replaced_head_knows_nothing_of_earlier_jobs() {
    create(CLUSTERS, Samples.demo("demo"));
    String first = head("demo");
    ray(
        first,
        request().POST(BodyPublishers.ofString("{\"entrypoint\": \"sleep 60\"}")),
        "/api/jobs/");
    assertThat(ray(first, request(), "/api/jobs/").body()).contains("sleep 60");
    admin.delete(PODS + first);
    awaitGone(PODS + first);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> sandbox.network().local("default", first, 8265).isEmpty());
    await(
        CLUSTERS + "demo",
        reply -> !reply.body().at("/status/head/podName").asText(first).equals(first));
    assertThat(ray(head("demo"), request(), "/api/jobs/").body()).isEqualTo("[]");
  }

  @Test
  void a_cluster_with_token_authentication_has_a_secret_with_the_token() {
    ObjectNode cluster = Samples.demo("locked");
    ((ObjectNode) cluster.get("spec")).putObject("authOptions").put("mode", "token");
    create(CLUSTERS, cluster);
    String head = head("locked");
    JsonNode secret = admin.get("/api/v1/namespaces/default/secrets/locked").body();
    assertThat(secret.at("/metadata/ownerReferences/0/kind").asText()).isEqualTo("RayCluster");
    String token = new String(Base64.getDecoder().decode(secret.at("/data/auth_token").asText()));
    assertThat(ray(head, request(), "/api/version").statusCode()).isEqualTo(401);
    HttpResponse<String> allowed =
        ray(head, request().header("Authorization", "Bearer " + token), "/api/version");
    assertThat(allowed.statusCode()).isEqualTo(200);
  }

  @Test
  void jobs_may_ask_for_what_the_largest_node_has() {
    ObjectNode cluster = Samples.demo("gpu");
    ObjectNode worker =
        (ObjectNode) cluster.at("/spec/workerGroupSpecs/0/template/spec/containers/0");
    ((ObjectNode) worker.at("/resources/limits")).put("nvidia.com/gpu", "2").put("cpu", "3500m");
    ((ObjectNode) cluster.at("/spec/headGroupSpec/rayStartParams")).put("num-cpus", "0");
    create(CLUSTERS, cluster);
    String head = head("gpu");
    for (String asked : new String[] {"gpus\": 2", "cpus\": 4", "gpus\": 3", "cpus\": 5"}) {
      String body = "{\"entrypoint\": \"true\", \"entrypoint_num_%s}".formatted(asked);
      ray(head, request().POST(BodyPublishers.ofString(body)), "/api/jobs/");
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> ray(head, request(), "/api/jobs/").body().split("SUCCEEDED", -1).length == 3);
    assertThat(ray(head, request(), "/api/jobs/").body().split("PENDING", -1)).hasSize(3);
  }
}
