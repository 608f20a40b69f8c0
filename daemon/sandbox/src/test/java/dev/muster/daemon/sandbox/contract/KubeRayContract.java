package dev.muster.daemon.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.contract.ApiClient.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What KubeRay makes of a RayCluster. */
public abstract class KubeRayContract extends ServerContract {

  private String cluster() {
    return rayclusters + "/demo";
  }

  private JsonNode awaitState(String state) {
    return eventually(
            cluster(),
            reply ->
                reply.body().at("/status/state").asText().equals(state)
                    && (!state.equals("ready")
                        || condition(reply.body(), "HeadPodReady").startsWith("True")))
        .body();
  }

  private List<JsonNode> pods(String query) {
    List<JsonNode> pods = new ArrayList<>();
    admin.get(core + "/pods" + query).body().path("items").forEach(pods::add);
    return pods;
  }

  @Test
  void a_cluster_becomes_ready_with_the_recorded_status() {
    create(demo());
    JsonNode status = awaitState("ready").path("status");
    assertThat(status.path("desiredWorkerReplicas").asInt()).isEqualTo(2);
    assertThat(status.path("availableWorkerReplicas").asInt()).isEqualTo(2);
    assertThat(status.path("readyWorkerReplicas").asInt()).isEqualTo(2);
    assertThat(status.path("minWorkerReplicas").asInt()).isEqualTo(2);
    assertThat(status.path("maxWorkerReplicas").asInt()).isEqualTo(2);
    assertThat(status.path("desiredCPU").asText()).isEqualTo("3");
    assertThat(status.path("desiredMemory").asText()).isEqualTo("6Gi");
    assertThat(status.path("desiredGPU").asText()).isEqualTo("0");
    assertThat(status.path("desiredTPU").asText()).isEqualTo("0");
    assertThat(status.path("observedGeneration").asInt()).isEqualTo(1);
    assertThat(status.path("endpoints").toString())
        .contains("\"client\":\"10001\"", "\"dashboard\":\"8265\"", "\"gcs-server\":\"6379\"");
    assertThat(status.at("/head/serviceName").asText()).isEqualTo("demo-head-svc");
    assertThat(status.at("/head/podName").asText()).startsWith("demo-head-");
    assertThat(status.at("/head/podIP").asText()).startsWith("10.244.");
    assertThat(status.at("/stateTransitionTimes/ready").asText()).endsWith("Z");
    JsonNode whole = admin.get(cluster()).body();
    assertThat(condition(whole, "HeadPodReady")).isEqualTo("True HeadPodRunningAndReady");
    assertThat(condition(whole, "RayClusterProvisioned"))
        .isEqualTo("True AllPodRunningAndReadyFirstTime");
    assertThat(condition(whole, "RayClusterSuspended")).isEqualTo("False RayClusterSuspended");
    assertThat(condition(whole, "RayClusterSuspending")).isEqualTo("False RayClusterSuspending");
  }

  @Test
  void the_fields_of_the_status_are_the_same_everywhere() {
    create(demo());
    List<String> fields = new ArrayList<>();
    awaitState("ready").path("status").fieldNames().forEachRemaining(fields::add);
    assertThat(fields)
        .containsExactlyInAnyOrder(
            "availableWorkerReplicas",
            "conditions",
            "desiredCPU",
            "desiredGPU",
            "desiredMemory",
            "desiredTPU",
            "desiredWorkerReplicas",
            "endpoints",
            "head",
            "lastUpdateTime",
            "maxWorkerReplicas",
            "minWorkerReplicas",
            "observedGeneration",
            "readyWorkerReplicas",
            "state",
            "stateTransitionTimes");
  }

  /** Its head can never run: what the operator reports first cannot already be the end. */
  @Test
  void a_cluster_has_no_state_before_it_is_ready() {
    create(withHeadThatFitsNoNode());
    JsonNode first =
        eventually(
                cluster(), reply -> condition(reply.body(), "HeadPodReady").equals("False Unknown"))
            .body();
    assertThat(first.at("/status/state").isMissingNode()).isTrue();
    assertThat(condition(first, "RayClusterProvisioned"))
        .isEqualTo("False RayClusterPodsProvisioning");
    assertThat(first.at("/status/desiredWorkerReplicas").asInt()).isEqualTo(2);
  }

  @Test
  void its_pods_and_its_service_belong_to_it() {
    JsonNode owner = create(demo()).body();
    awaitState("ready");
    assertThat(pods("?labelSelector=ray.io/cluster%3Ddemo")).hasSize(3);
    List<JsonNode> heads = pods("?labelSelector=ray.io/node-type%3Dhead");
    assertThat(heads).hasSize(1);
    JsonNode labels = heads.getFirst().at("/metadata/labels");
    assertThat(labels.path("ray.io/group").asText()).isEqualTo("headgroup");
    assertThat(labels.path("ray.io/is-ray-node").asText()).isEqualTo("yes");
    assertThat(labels.path("ray.io/identifier").asText()).isEqualTo("demo-head");
    List<JsonNode> workers = pods("?labelSelector=ray.io/group%3Dsmall-group-demo");
    assertThat(workers).hasSize(2);
    assertThat(workers)
        .allSatisfy(
            pod -> {
              assertThat(pod.at("/metadata/name").asText())
                  .matches("demo-small-group-demo-worker-[a-z0-9]{5}");
              assertThat(pod.at("/metadata/ownerReferences/0/uid"))
                  .isEqualTo(owner.at("/metadata/uid"));
              assertThat(pod.at("/status/phase").asText()).isEqualTo("Running");
              assertThat(condition(pod, "Ready")).startsWith("True");
            });
    assertThat(pods("?fieldSelector=status.phase%3DRunning")).hasSize(3);
    JsonNode service = admin.get(core + "/services/demo-head-svc").body();
    assertThat(service.at("/spec/clusterIP").asText()).isEqualTo("None");
    assertThat(service.at("/metadata/ownerReferences/0/uid")).isEqualTo(owner.at("/metadata/uid"));
  }

  @Test
  void its_events_tell_what_was_made() {
    JsonNode owner = create(demo()).body();
    awaitState("ready");
    String query =
        "/events?fieldSelector=involvedObject.kind%3DRayCluster,involvedObject.uid%3D"
            + owner.at("/metadata/uid").asText();
    Reply events =
        eventually(
            core + query,
            reply ->
                reply
                    .body()
                    .path("items")
                    .findValuesAsText("reason")
                    .containsAll(List.of("CreatedService", "CreatedHeadPod", "CreatedWorkerPod")));
    assertThat(events.body().path("items").findValuesAsText("message"))
        .anyMatch(text -> text.startsWith("Created head Pod " + namespace + "/demo-head-"));
  }

  @Test
  void a_suspended_cluster_gives_its_pods_back_and_can_be_resumed() {
    create(demo());
    awaitState("ready");
    admin.merge(cluster(), "{\"spec\":{\"suspend\":true}}");
    JsonNode suspended = awaitState("suspended");
    assertThat(condition(suspended, "RayClusterSuspended")).isEqualTo("True RayClusterSuspended");
    assertThat(condition(suspended, "RayClusterSuspending"))
        .isEqualTo("False RayClusterSuspending");
    assertThat(condition(suspended, "RayClusterProvisioned"))
        .isEqualTo("False RayClusterPodsProvisioning");
    assertThat(condition(suspended, "HeadPodReady")).isEqualTo("False HeadPodNotFound");
    assertThat(suspended.at("/status/head/podName").isMissingNode()).isTrue();
    assertThat(suspended.at("/status/availableWorkerReplicas").isMissingNode()).isTrue();
    assertThat(pods("")).isEmpty();
    admin.merge(cluster(), "{\"spec\":{\"suspend\":false}}");
    JsonNode resumed = awaitState("ready");
    assertThat(condition(resumed, "RayClusterProvisioned"))
        .isEqualTo("True AllPodRunningAndReadyFirstTime");
    assertThat(resumed.at("/status/stateTransitionTimes/suspended").asText()).endsWith("Z");
    assertThat(resumed.at("/status/observedGeneration").asInt()).isEqualTo(3);
  }

  @Test
  void a_cluster_created_suspended_never_has_pods() {
    create(idle("demo"));
    JsonNode suspended = awaitState("suspended");
    assertThat(suspended.at("/status/stateTransitionTimes/suspended").asText()).endsWith("Z");
    assertThat(pods("")).isEmpty();
  }

  @Test
  void workers_are_added_and_removed() {
    create(demo());
    awaitState("ready");
    scale(3);
    eventually(cluster(), reply -> reply.body().at("/status/readyWorkerReplicas").asInt() == 3);
    assertThat(admin.get(cluster()).body().at("/status/desiredCPU").asText()).isEqualTo("4");
    scale(1);
    eventually(
        cluster(),
        reply ->
            reply.body().at("/status/readyWorkerReplicas").asInt() == 1
                && reply.body().at("/status/desiredWorkerReplicas").asInt() == 1);
    eventually(core + "/pods", reply -> reply.body().path("items").size() == 2);
  }

  private void scale(int workers) {
    String patch =
        """
        [{"op":"replace","path":"/spec/workerGroupSpecs/0/replicas","value":%1$d},
         {"op":"replace","path":"/spec/workerGroupSpecs/0/minReplicas","value":%1$d},
         {"op":"replace","path":"/spec/workerGroupSpecs/0/maxReplicas","value":%1$d}]
        """
            .formatted(workers);
    assertThat(admin.patch(cluster(), "application/json-patch+json", patch).code()).isEqualTo(200);
  }

  @Test
  void a_deleted_worker_is_replaced() {
    create(demo());
    awaitState("ready");
    String worker =
        pods("?labelSelector=ray.io/node-type%3Dworker").getFirst().at("/metadata/name").asText();
    Reply deleted = admin.delete(core + "/pods/" + worker);
    assertThat(deleted.body().path("kind").asText()).isEqualTo("Pod");
    eventually(core + "/pods/" + worker, reply -> reply.code() == 404);
    eventually(
        core + "/pods?fieldSelector=status.phase%3DRunning",
        reply -> reply.body().path("items").size() == 3);
  }

  private ObjectNode withHeadThatFitsNoNode() {
    ObjectNode cluster = demo();
    ObjectNode resources =
        (ObjectNode) cluster.at("/spec/headGroupSpec/template/spec/containers/0/resources");
    resources.putObject("requests").put("cpu", "9000");
    resources.putObject("limits").put("cpu", "9000");
    return cluster;
  }

  @Test
  void a_pod_that_fits_no_node_says_so() {
    create(withHeadThatFitsNoNode());
    Reply pods =
        eventually(
            core + "/pods?labelSelector=ray.io/node-type%3Dhead",
            reply ->
                condition(reply.body().at("/items/0"), "PodScheduled")
                    .equals("False Unschedulable"));
    assertThat(pods.body().at("/items/0/status/phase").asText()).isEqualTo("Pending");
    Reply events =
        eventually(
            core + "/events?fieldSelector=type%3DWarning,reason%3DFailedScheduling",
            reply -> reply.body().path("items").size() > 0);
    assertThat(events.body().at("/items/0/message").asText())
        .startsWith("0/")
        .contains("nodes are available: ", "Insufficient cpu");
    eventually(cluster(), reply -> condition(reply.body(), "HeadPodReady").equals("False Unknown"));
  }

  @Test
  void a_cluster_without_containers_is_only_complained_about() {
    ObjectNode cluster = demo();
    cluster.remove("spec");
    create(cluster);
    Reply events =
        eventually(
            core + "/events?fieldSelector=type%3DWarning",
            reply -> reply.body().path("items").size() > 0);
    assertThat(events.body().at("/items/0/reason").asText()).isEqualTo("InvalidRayClusterSpec");
    assertThat(events.body().at("/items/0/message").asText())
        .isEqualTo(
            "The RayCluster spec is invalid "
                + namespace
                + "/demo: headGroupSpec should have at least one container");
    assertThat(admin.get(cluster()).body().has("status")).isFalse();
  }

  @Test
  void ports_of_the_head_are_the_endpoints() {
    ObjectNode cluster = idle("demo");
    ((ObjectNode) cluster.at("/spec/headGroupSpec/template/spec/containers/0"))
        .putArray("ports")
        .addObject()
        .put("containerPort", 7000)
        .put("name", "mine");
    create(cluster);
    JsonNode endpoints = awaitState("suspended").at("/status/endpoints");
    assertThat(endpoints.toString()).isEqualTo("{\"metrics\":\"8080\",\"mine\":\"7000\"}");
  }

  @Test
  void deleting_a_cluster_deletes_all_of_it() {
    create(demo());
    awaitState("ready");
    assertThat(admin.delete(cluster()).code()).isEqualTo(200);
    assertThat(admin.get(cluster()).code()).isEqualTo(404);
    eventually(core + "/pods", reply -> reply.body().path("items").isEmpty());
    eventually(core + "/services", reply -> reply.body().path("items").isEmpty());
  }
}
