package dev.muster.daemon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.contract.ApiClient;
import dev.muster.daemon.sandbox.contract.ApiClient.Reply;
import dev.muster.daemon.sandbox.contract.Samples;
import dev.muster.daemon.sandbox.store.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sandbox begins with beyond RayCluster, who may what there, and its switches. */
final class QueuesTest {

  private static final String KUEUE = "/apis/kueue.x-k8s.io/v1beta1";
  private static final String WRAPPERS =
      "/apis/workload.codeflare.dev/v1beta2/namespaces/default/appwrappers";
  private static final String RAY = "/apis/ray.io/v1/namespaces/default/";
  private static final String OWN = "workload.codeflare.dev.appwrapper/";

  @TempDir private Path directory;
  private Sandbox sandbox;
  private ApiClient admin;

  @BeforeEach
  void start() {
    sandbox = Sandbox.start(SandboxOptions.fast(directory));
    admin = ApiClient.of(sandbox.kubeconfig("admin"));
  }

  @AfterEach
  void stop() {
    admin.close();
    sandbox.close();
  }

  private JsonNode await(String path, Predicate<JsonNode> wanted) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () -> {
              JsonNode body = admin.get(path).body();
              assertThat(wanted.test(body)).as(body.toString()).isTrue();
            });
    return admin.get(path).body();
  }

  private static Predicate<JsonNode> has(String pointer, String value) {
    return body -> body.at(pointer).asText().equals(value);
  }

  private static Predicate<JsonNode> says(String text) {
    return body -> body.path("status").toString().contains(text);
  }

  @Test
  void a_queue_is_there_from_the_start() {
    JsonNode local = await(KUEUE + "/namespaces/default/localqueues/team-a", says("\"Ready\""));
    assertThat(local.at("/spec/clusterQueue").asText()).isEqualTo("team-a");
    JsonNode cluster = await(KUEUE + "/clusterqueues/team-a", says("\"Ready\""));
    assertThat(cluster.at("/spec/resourceGroups/0/flavors/0/resources").toString())
        .contains("\"16\"", "\"64Gi\"", "\"2\"");
    assertThat(cluster.at("/spec/queueingStrategy").asText()).isEqualTo("BestEffortFIFO");
    assertThat(cluster.at("/spec/preemption/borrowWithinCohort/policy").asText())
        .isEqualTo("Never");
    assertThat(admin.get(KUEUE + "/resourceflavors/default-flavor").code()).isEqualTo(200);
  }

  @Test
  void alice_wraps_and_reads_queues_but_does_not_change_them() {
    ApiClient alice = ApiClient.of(sandbox.kubeconfig("alice"));
    Reply created = alice.post(WRAPPERS, Samples.wrapped(Samples.idle("one"), "team-a"));
    assertThat(created.code()).isEqualTo(201);
    assertThat(created.body().at("/metadata/labels/workload.codeflare.dev~1user").asText())
        .isEqualTo("alice");
    for (String kind : List.of("clusterqueues", "workloads", "localqueues", "resourceflavors")) {
      assertThat(alice.get(KUEUE + "/" + kind).code()).isEqualTo(200);
    }
    assertThat(alice.delete(KUEUE + "/clusterqueues/team-a").message())
        .startsWith("clusterqueues.kueue.x-k8s.io \"team-a\" is forbidden: User \"alice\" cannot");
    assertThat(alice.delete(WRAPPERS + "/one").code()).isEqualTo(200);
    alice.close();
  }

  @Test
  void nobody_wraps_what_he_may_not_create() {
    sandbox.forbid("alice", "create", "rayclusters");
    ApiClient alice = ApiClient.of(sandbox.kubeconfig("alice"));
    Reply refused = alice.post(WRAPPERS, Samples.wrapped(Samples.idle("one"), ""));
    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.message())
        .isEqualTo(
            "admission webhook \"vappwrapper.kb.io\" denied the request:"
                + " spec.components[0].template: Forbidden: User alice is not authorized to create"
                + " rayclusters in default");
    alice.close();
  }

  @Test
  void who_may_patch_but_not_create_applies_nothing_new() {
    sandbox.forbid("alice", "create", "rayclusters");
    ApiClient alice = ApiClient.of(sandbox.kubeconfig("alice"));
    Reply refused =
        alice.patch(
            RAY + "rayclusters/one?fieldManager=muster",
            "application/apply-patch+yaml",
            Samples.idle("one").toString());
    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.message()).contains("User \"alice\" cannot create resource");
    alice.close();
  }

  @Test
  void a_viewer_reads_the_new_kinds_only() {
    ApiClient viewer = ApiClient.of(sandbox.kubeconfig("viewer"));
    assertThat(viewer.get(WRAPPERS).code()).isEqualTo(200);
    assertThat(viewer.get(KUEUE + "/clusterqueues").code()).isEqualTo(200);
    assertThat(viewer.get(RAY + "rayjobs").code()).isEqualTo(200);
    assertThat(viewer.post(WRAPPERS, Samples.wrapped(Samples.idle("one"), "")).code())
        .isEqualTo(403);
    viewer.close();
  }

  @Test
  void the_kinds_of_each_operator_can_be_taken_away() {
    sandbox.removeCrds("kueue.x-k8s.io");
    assertThat(admin.get(KUEUE).code()).isEqualTo(404);
    assertThat(admin.get(KUEUE + "/clusterqueues").text()).isEqualTo("404 page not found\n");
    assertThat(admin.get("/apis").text())
        .doesNotContain("kueue.x-k8s.io")
        .contains("workload.codeflare.dev", "ray.io");
    sandbox.installCrds("kueue.x-k8s.io");
    assertThat(admin.get("/apis/kueue.x-k8s.io").body().at("/preferredVersion/version").asText())
        .isEqualTo("v1beta1");
    assertThat(admin.get("/apis/kueue.x-k8s.io/v1beta1/").code()).isEqualTo(200);
    assertThat(admin.get("/apis/kueue.x-k8s.io/v1/more").code()).isEqualTo(404);
    assertThat(admin.get(KUEUE + "/clusterqueues/team-a").code()).isEqualTo(200);
  }

  @Test
  void rayjobs_and_rayservices_are_kept() {
    ObjectNode job = Json.object().put("apiVersion", "ray.io/v1").put("kind", "RayJob");
    job.putObject("metadata").put("name", "one");
    job.putObject("spec").put("entrypoint", "python main.py");
    JsonNode created = admin.post(RAY + "rayjobs", job).body();
    assertThat(created.at("/spec/entrypoint").asText()).isEqualTo("python main.py");
    ((ObjectNode) job.get("spec")).put("backoffLimit", "many");
    assertThat(admin.post(RAY + "rayjobs", job).message())
        .contains("spec.backoffLimit in body must be of type integer");
    ObjectNode service = Json.object().put("apiVersion", "ray.io/v1").put("kind", "RayService");
    service.putObject("metadata").put("name", "one");
    service.putObject("spec").set("rayClusterConfig", Samples.demo("one").get("spec").deepCopy());
    assertThat(admin.post(RAY + "rayservices", service).code()).isEqualTo(201);
    ((ObjectNode) service.at("/spec/rayClusterConfig")).remove("headGroupSpec");
    assertThat(admin.post(RAY + "rayservices", service).message())
        .contains("spec.rayClusterConfig.headGroupSpec: Required value");
  }

  @Test
  void a_wrapped_cluster_whose_image_cannot_be_pulled_is_reset_and_then_given_up() {
    ObjectNode cluster = Samples.demo("one");
    ((ObjectNode) cluster.at("/spec/headGroupSpec/template/spec/containers/0"))
        .put("image", "registry.example/no-such-image:1");
    ObjectNode wrapper = Samples.wrapped(cluster, "team-a");
    annotate(wrapper, "warmupGracePeriodDuration", "20s");
    annotate(wrapper, "retryPausePeriodDuration", "500ms");
    annotate(wrapper, "retryLimit", "1");
    admin.post(WRAPPERS, wrapper);
    JsonNode failed = await(WRAPPERS + "/one", says("Resources deleted for failed AppWrapper"));
    assertThat(failed.at("/status/resettingCount").asInt()).isEqualTo(1);
    assertThat(failed.at("/status/conditions").toString())
        .contains("InsufficientPodsReady", "1 pods pending; 2 pods running; 0 pods succeeded");
    JsonNode workload =
        await(
            KUEUE + "/namespaces/default/workloads",
            body -> body.at("/items/0/status").toString().contains("Finished"));
    assertThat(workload.at("/items/0/status").toString()).contains("AppWrapper failed");
  }

  @Test
  void a_component_that_exists_already_fails_its_appwrapper() {
    admin.post(RAY + "rayclusters", Samples.idle("one"));
    admin.post(WRAPPERS, Samples.wrapped(Samples.idle("one"), ""));
    JsonNode failed = await(WRAPPERS + "/one", has("/status/phase", "Failed"));
    assertThat(failed.path("status").toString())
        .contains("error creating components: rayclusters.ray.io", "already exists");
    assertThat(admin.get(RAY + "rayclusters/one").code()).isEqualTo(200);
  }

  @Test
  void a_failed_appwrapper_can_keep_its_resources_for_a_while() {
    ObjectNode wrapper = Samples.wrapped(Samples.pod("one"), "");
    annotate(wrapper, "failureGracePeriodDuration", "100ms");
    annotate(wrapper, "retryLimit", "3");
    annotate(wrapper, "terminalExitCodes", "7, 9");
    annotate(wrapper, "deletionOnFailureGracePeriodDuration", "2m30s");
    admin.post(WRAPPERS, wrapper);
    await(WRAPPERS + "/one", says("SufficientPodsReady"));
    admin.merge(
        "/api/v1/namespaces/default/pods/one/status",
        "{\"status\":{\"phase\":\"Failed\",\"containerStatuses\":[{\"name\":\"c\",\"state\":"
            + "{\"terminated\":{\"exitCode\":7}}}]}}");
    admin.merge(WRAPPERS + "/one", "{\"metadata\":{\"labels\":{\"look\":\"again\"}}}");
    JsonNode paused = await(WRAPPERS + "/one", says("DeletionPaused"));
    assertThat(paused.path("status").toString()).contains("has value 2m30s");
    assertThat(paused.path("status").has("resettingCount")).isFalse();
    await(WRAPPERS + "/one", says("Resources deleted for failed AppWrapper"));
    assertThat(admin.get("/api/v1/namespaces/default/pods/one").code()).isEqualTo(404);
  }

  @Test
  void a_succeeded_appwrapper_deletes_its_resources_after_its_time() {
    ObjectNode wrapper = Samples.wrapped(Samples.pod("one"), "");
    annotate(wrapper, "successTTLDuration", "10s");
    admin.post(WRAPPERS, wrapper);
    await(WRAPPERS + "/one", says("SufficientPodsReady"));
    admin.merge(
        "/api/v1/namespaces/default/pods/one/status", "{\"status\":{\"phase\":\"Succeeded\"}}");
    await(WRAPPERS + "/one", says("Time to live after success of 10s expired"));
    assertThat(admin.get("/api/v1/namespaces/default/pods/one").code()).isEqualTo(404);
  }

  @Test
  void an_appwrapper_of_another_manager_is_left_alone() {
    ObjectNode wrapper = Samples.wrapped(Samples.idle("one"), "");
    ((ObjectNode) wrapper.get("spec")).put("managedBy", "kueue.x-k8s.io/multikueue");
    admin.post(WRAPPERS, wrapper);
    admin.post(WRAPPERS, Samples.wrapped(Samples.idle("two"), ""));
    await(WRAPPERS + "/two", has("/status/phase", "Running"));
    assertThat(admin.get(WRAPPERS + "/one").body().has("status")).isFalse();
  }

  private static void annotate(ObjectNode wrapper, String name, String value) {
    Json.child((ObjectNode) wrapper.get("metadata"), "annotations").put(OWN + name, value);
  }
}
