package dev.muster.daemon.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.contract.ApiClient.Reply;
import dev.muster.daemon.sandbox.store.Json;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the AppWrapper operator and its webhook make of an AppWrapper, Kueue aside. */
@Tag("queues")
public abstract class AppWrapperContract extends ServerContract {

  private static final String OWN = "workload.codeflare.dev.appwrapper/";

  private String wrapper() {
    return appwrappers + "/demo";
  }

  private JsonNode awaitPhase(String phase) {
    return eventually(wrapper(), reply -> reply.body().at("/status/phase").asText().equals(phase))
        .body();
  }

  private JsonNode awaitCondition(String type, String wanted) {
    return eventually(wrapper(), reply -> condition(reply.body(), type).equals(wanted)).body();
  }

  private ObjectNode wrapped() {
    return Samples.wrapped(demo(), "");
  }

  @Test
  void discovery_names_appwrappers() {
    JsonNode resources = admin.get("/apis/workload.codeflare.dev/v1beta2").body().path("resources");
    assertThat(resources.findValuesAsText("name")).contains("appwrappers", "appwrappers/status");
    assertThat(resources.findValues("shortNames").toString()).contains("\"aw\"");
  }

  @Test
  void it_deploys_what_it_wraps_and_becomes_ready() {
    JsonNode created = create(appwrappers, wrapped()).body();
    assertThat(created.at("/metadata/labels/workload.codeflare.dev~1user").asText()).isNotEmpty();
    JsonNode ready = awaitCondition("PodsReady", "True SufficientPodsReady");
    assertThat(ready.at("/status/phase").asText()).isEqualTo("Running");
    assertThat(condition(ready, "QuotaReserved")).isEqualTo("True Resuming");
    assertThat(condition(ready, "ResourcesDeployed")).isEqualTo("True Resuming");
    assertThat(condition(ready, "Unhealthy")).isEqualTo("False Resuming");
    assertThat(message(ready, "QuotaReserved")).isEqualTo("Suspend is false");
    assertThat(message(ready, "PodsReady")).isEqualTo("3 pods running; 0 pods succeeded");
    assertThat(ready.at("/metadata/finalizers/0").asText())
        .isEqualTo("workload.codeflare.dev/finalizer");
    JsonNode component = ready.at("/status/componentStatus/0");
    assertThat(component.path("kind").asText()).isEqualTo("RayCluster");
    assertThat(component.path("name").asText()).isEqualTo("demo");
    assertThat(component.at("/conditions/0/reason").asText())
        .isEqualTo("ComponentCreatedSuccessfully");
    assertThat(component.path("podSets").toString())
        .isEqualTo(
            "[{\"path\":\"template.spec.headGroupSpec.template\",\"replicas\":1},"
                + "{\"path\":\"template.spec.workerGroupSpecs[0].template\",\"replicas\":2}]");
  }

  @Test
  void what_it_wraps_belongs_to_it_and_carries_its_name() {
    JsonNode created = create(appwrappers, wrapped()).body();
    JsonNode cluster = eventually(rayclusters + "/demo", reply -> reply.code() == 200).body();
    assertThat(cluster.at("/metadata/ownerReferences/0/uid"))
        .isEqualTo(created.at("/metadata/uid"));
    assertThat(cluster.at("/metadata/ownerReferences/0/controller").asBoolean()).isTrue();
    String label = "/metadata/labels/workload.codeflare.dev~1appwrapper";
    assertThat(cluster.at(label).asText()).isEqualTo("demo");
    assertThat(cluster.at("/spec/headGroupSpec/template" + label).asText()).isEqualTo("demo");
    assertThat(cluster.at("/spec/workerGroupSpecs/0/numOfHosts").asInt()).isEqualTo(1);
  }

  @Test
  void its_phases_come_in_order() {
    String version = admin.get(appwrappers).version();
    try (WatchProbe watch = admin.watch(appwrappers + "?resourceVersion=" + version)) {
      create(appwrappers, wrapped());
      watch.await(event -> condition(event.path("object"), "PodsReady").startsWith("True"));
      assertThat(watch.values("/object/status/phase"))
          .containsExactly("", "Suspended", "Resuming", "Running");
    }
  }

  @Test
  void suspended_it_deletes_what_it_wraps_and_makes_it_anew_when_resumed() {
    create(appwrappers, wrapped());
    awaitCondition("PodsReady", "True SufficientPodsReady");
    admin.merge(wrapper(), "{\"spec\":{\"suspend\":true}}");
    JsonNode suspended = awaitPhase("Suspended");
    assertThat(condition(suspended, "QuotaReserved")).isEqualTo("False Suspended");
    assertThat(message(suspended, "ResourcesDeployed")).isEqualTo("Suspend is true");
    assertThat(condition(suspended, "PodsReady")).isEqualTo("False Suspended");
    assertThat(condition(suspended, "Unhealthy")).isEqualTo("False Resuming");
    assertThat(condition(suspended, "DeletingResources")).isEqualTo("False DeletionComplete");
    assertThat(suspended.at("/status/componentStatus/0/conditions/0/reason").asText())
        .isEqualTo("CompononetDeleted");
    assertThat(admin.get(rayclusters + "/demo").code()).isEqualTo(404);
    assertThat(items(core + "/pods")).isEmpty();
    admin.merge(wrapper(), "{\"spec\":{\"suspend\":false}}");
    JsonNode again = awaitPhase("Running");
    assertThat(condition(again, "QuotaReserved")).isEqualTo("True Resuming");
    assertThat(admin.get(rayclusters + "/demo").code()).isEqualTo(200);
  }

  @Test
  void created_suspended_it_deploys_nothing() {
    ObjectNode wrapper = wrapped();
    spec(wrapper).put("suspend", true);
    create(appwrappers, wrapper);
    JsonNode suspended = awaitPhase("Suspended");
    assertThat(suspended.at("/status/conditions").size()).isZero();
    assertThat(suspended.path("metadata").has("finalizers")).isFalse();
    assertThat(suspended.at("/status/componentStatus/0/kind").asText()).isEmpty();
    assertThat(admin.get(rayclusters + "/demo").code()).isEqualTo(404);
  }

  @Test
  void deleted_it_goes_after_what_it_wraps() {
    create(appwrappers, wrapped());
    awaitCondition("PodsReady", "True SufficientPodsReady");
    String version = admin.get(appwrappers).version();
    try (WatchProbe watch = admin.watch(appwrappers + "?resourceVersion=" + version)) {
      assertThat(admin.delete(wrapper()).body().at("/metadata/deletionTimestamp").asText())
          .endsWith("Z");
      JsonNode last = watch.await("DELETED").path("object");
      assertThat(last.at("/status/phase").asText()).isEqualTo("Terminating");
      assertThat(condition(last, "ResourcesDeployed")).isEqualTo("False Terminating");
      assertThat(message(last, "ResourcesDeployed")).isEqualTo("Resources successfully deleted");
      assertThat(condition(last, "PodsReady")).isEqualTo("True SufficientPodsReady");
    }
    assertThat(admin.get(rayclusters + "/demo").code()).isEqualTo(404);
    assertThat(items(core + "/pods")).isEmpty();
  }

  @Test
  void it_fails_when_what_it_wraps_is_deleted_by_somebody_else() {
    create(appwrappers, wrapped());
    awaitCondition("PodsReady", "True SufficientPodsReady");
    admin.delete(rayclusters + "/demo");
    // Anything that changes the AppWrapper has the operator look at it before its minute is over.
    eventually(rayclusters + "/demo", reply -> reply.code() == 404);
    admin.merge(wrapper(), "{\"metadata\":{\"labels\":{\"look\":\"again\"}}}");
    JsonNode failed =
        eventually(
                wrapper(), reply -> condition(reply.body(), "QuotaReserved").equals("False Failed"))
            .body();
    assertThat(failed.at("/status/phase").asText()).isEqualTo("Failed");
    assertThat(condition(failed, "Unhealthy")).isEqualTo("True MissingComponent");
    assertThat(message(failed, "Unhealthy"))
        .isEqualTo("Only found 0 deployed components, but was expecting 1");
    assertThat(message(failed, "QuotaReserved")).isEqualTo("No resources deployed");
    assertThat(message(failed, "ResourcesDeployed"))
        .isEqualTo("Resources deleted for failed AppWrapper");
    assertThat(condition(failed, "PodsReady")).isEqualTo("True SufficientPodsReady");
  }

  @Test
  void a_failed_pod_resets_it_and_the_last_one_fails_it() {
    ObjectNode wrapper = Samples.wrapped(Samples.pod("demo"), "");
    metadata(wrapper)
        .putObject("annotations")
        .put(OWN + "failureGracePeriodDuration", "1s")
        .put(OWN + "retryPausePeriodDuration", "1s")
        .put(OWN + "retryLimit", "1");
    create(appwrappers, wrapper);
    awaitCondition("PodsReady", "True SufficientPodsReady");
    failPod();
    JsonNode reset =
        eventually(
                wrapper(),
                reply ->
                    reply.body().at("/status/resettingCount").asInt() == 1
                        && reply.body().at("/status/phase").asText().equals("Running")
                        && condition(reply.body(), "PodsReady").startsWith("True"))
            .body();
    assertThat(condition(reset, "Unhealthy")).isEqualTo("False FoundNoFailedPods");
    failPod();
    JsonNode failed =
        eventually(
                wrapper(), reply -> condition(reply.body(), "QuotaReserved").equals("False Failed"))
            .body();
    assertThat(condition(failed, "Unhealthy")).isEqualTo("True FoundFailedPods");
    assertThat(failed.at("/status/resettingCount").asInt()).isEqualTo(1);
    assertThat(failed.at("/status/phase").asText()).isEqualTo("Failed");
  }

  private void failPod() {
    admin.merge(core + "/pods/demo/status", "{\"status\":{\"phase\":\"Failed\"}}");
    admin.merge(wrapper(), "{\"metadata\":{\"labels\":{\"look\":\"" + System.nanoTime() + "\"}}}");
    awaitCondition("Unhealthy", "True FoundFailedPods");
  }

  @Test
  void a_pod_that_succeeds_ends_it() {
    create(appwrappers, Samples.wrapped(Samples.pod("demo"), ""));
    awaitCondition("PodsReady", "True SufficientPodsReady");
    admin.merge(core + "/pods/demo/status", "{\"status\":{\"phase\":\"Succeeded\"}}");
    JsonNode done = awaitPhase("Succeeded");
    assertThat(condition(done, "QuotaReserved")).isEqualTo("False Succeeded");
    assertThat(condition(done, "ResourcesDeployed")).isEqualTo("True Succeeded");
    assertThat(message(done, "ResourcesDeployed"))
        .isEqualTo("1 pods succeeded and no running, pending, or failed pods");
    assertThat(admin.get(core + "/pods/demo").code()).isEqualTo(200);
  }

  @Test
  void a_component_of_an_unknown_kind_fails_it() {
    ObjectNode unknown = Samples.pod("demo");
    unknown.put("apiVersion", "example.com/v1").put("kind", "Thing");
    ObjectNode wrapper = Samples.wrapped(unknown, "");
    ((ObjectNode) wrapper.at("/spec/components/0"))
        .putArray("podSets")
        .addObject()
        .put("path", "template");
    create(appwrappers, wrapper);
    JsonNode failed =
        eventually(
                wrapper(), reply -> condition(reply.body(), "QuotaReserved").equals("False Failed"))
            .body();
    assertThat(condition(failed, "Unhealthy")).isEqualTo("True CreateFailed");
    assertThat(message(failed, "Unhealthy"))
        .isEqualTo(
            "error creating components: no matches for kind \"Thing\" in version"
                + " \"example.com/v1\"");
  }

  @Test
  void nobody_wraps_nothing_or_another_appwrapper_or_another_namespaces_objects() {
    ObjectNode nothing = secret("demo");
    assertThat(denied(Samples.wrapped(nothing, "")))
        .startsWith(
            "admission webhook \"vappwrapper.kb.io\" denied the request: spec.components: Invalid")
        .endsWith("components contains no podspecs");
    assertThat(denied(Samples.wrapped(wrapped(), "")))
        .contains("spec.components[0].template: Forbidden: Nested AppWrappers are forbidden");
    ObjectNode elsewhere = demo();
    metadata(elsewhere).put("namespace", "default");
    assertThat(denied(Samples.wrapped(elsewhere, "")))
        .endsWith(
            "spec.components[0].template.metadata.namespace: Forbidden: AppWrappers cannot create"
                + " objects in other namespaces");
  }

  @Test
  void declared_pod_sets_must_be_those_of_the_object() {
    ObjectNode wrapper = wrapped();
    ObjectNode component = (ObjectNode) wrapper.at("/spec/components/0");
    component.putArray("podSets").addObject().put("path", "template.spec.nothing");
    assertThat(denied(wrapper))
        .contains(
            "path does not refer to a v1.PodSpecTemplate: at path position 'template.spec.'"
                + " missing field 'nothing'",
            "DeclaredPodSet count 1 differs from inferred count 2");
    component.putArray("podSets").addObject().put("path", "template.spec.headGroupSpec.template");
    component
        .withArray("podSets")
        .addObject()
        .put("path", "template.spec.workerGroupSpecs[0].template")
        .put("replicas", 3);
    assertThat(denied(wrapper))
        .endsWith(
            "replica count 3 differs from inferred count 2 for PodSet at path position"
                + " 'template.spec.workerGroupSpecs[0].template'");
  }

  private String denied(ObjectNode wrapper) {
    Reply reply = admin.post(appwrappers, wrapper);
    assertThat(reply.code()).as(reply.text()).isEqualTo(403);
    assertThat(reply.reason()).isEqualTo("Forbidden");
    return reply.message();
  }

  @Test
  void what_is_wrapped_cannot_be_changed() {
    ObjectNode wrapper = wrapped();
    spec(wrapper).put("suspend", true);
    create(appwrappers, wrapper);
    awaitPhase("Suspended");
    ObjectNode changed = (ObjectNode) admin.get(wrapper()).body();
    ((ObjectNode) changed.at("/spec/components/0/template/spec")).put("rayVersion", "2.48.0");
    Reply reply = admin.put(wrapper(), changed);
    assertThat(reply.code()).isEqualTo(403);
    assertThat(reply.message())
        .isEqualTo(
            "admission webhook \"vappwrapper.kb.io\" denied the request:"
                + " spec.components[0].template.raw: Forbidden: attempt to change immutable"
                + " field");
  }

  @Test
  void its_form_is_checked() {
    ObjectNode bare = Json.object().put("apiVersion", "workload.codeflare.dev/v1beta2");
    bare.put("kind", "AppWrapper").putObject("metadata").put("name", "demo");
    bare.putObject("spec");
    Reply componentless = admin.post(appwrappers, bare);
    assertThat(componentless.code()).isEqualTo(422);
    assertThat(componentless.message()).contains("spec.components");
    ObjectNode kindless = wrapped();
    ((ObjectNode) kindless.at("/spec/components/0/template")).remove("kind");
    Reply reply = admin.post(appwrappers, kindless);
    assertThat(reply.code()).isGreaterThanOrEqualTo(400);
    assertThat(admin.get(wrapper()).code()).isEqualTo(404);
    ObjectNode wrong = wrapped();
    spec(wrong).put("suspend", "yes");
    assertThat(admin.post(appwrappers, wrong).code()).isGreaterThanOrEqualTo(400);
    assertThat(items(appwrappers)).isEqualTo(List.of());
  }
}
