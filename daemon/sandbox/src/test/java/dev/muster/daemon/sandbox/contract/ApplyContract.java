package dev.muster.daemon.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.contract.ApiClient.Reply;
import dev.muster.daemon.sandbox.store.Json;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Server-side apply of custom resources, and who owns which field. */
public abstract class ApplyContract extends ServerContract {

  private static final String TYPE = "application/apply-patch+yaml";

  private String cluster() {
    return rayclusters + "/demo";
  }

  private Reply apply(ObjectNode object, String query) {
    return admin.patch(cluster() + "?" + query, TYPE, object.toString());
  }

  private static ObjectNode only(String field, String value) {
    ObjectNode object = Json.object().put("apiVersion", "ray.io/v1").put("kind", "RayCluster");
    object.putObject("metadata").put("name", "demo");
    object.putObject("spec").put(field, value);
    return object;
  }

  private static JsonNode manager(JsonNode object, String name) {
    for (JsonNode entry : object.at("/metadata/managedFields")) {
      if (entry.path("manager").asText().equals(name)) {
        return entry;
      }
    }
    return Json.object();
  }

  @Test
  void what_is_not_there_is_created() {
    Reply created = apply(idle("demo"), "fieldManager=first");
    assertThat(created.code()).as(created.text()).isEqualTo(201);
    assertThat(created.body().at("/spec/workerGroupSpecs/0/numOfHosts").asInt()).isEqualTo(1);
    JsonNode entry = manager(created.body(), "first");
    assertThat(entry.path("operation").asText()).isEqualTo("Apply");
    assertThat(entry.path("apiVersion").asText()).isEqualTo("ray.io/v1");
    assertThat(entry.path("fieldsType").asText()).isEqualTo("FieldsV1");
    JsonNode spec = entry.at("/fieldsV1/f:spec");
    assertThat(spec.path("f:rayVersion").isEmpty()).isTrue();
    assertThat(spec.path("f:rayVersion").isObject()).isTrue();
    // A list without a type is owned whole, containers by their names.
    assertThat(spec.path("f:workerGroupSpecs").isEmpty()).isTrue();
    assertThat(
            spec.at("/f:headGroupSpec/f:template/f:spec/f:containers")
                .has("k:{\"name\":\"ray-head\"}"))
        .isTrue();
  }

  @Test
  void applied_again_it_stays_as_it_is() {
    Reply created = apply(idle("demo"), "fieldManager=first");
    // The operator may still be writing to it the first times.
    Reply again =
        Awaitility.await()
            .until(
                () -> {
                  Reply first = apply(idle("demo"), "fieldManager=first");
                  Reply second = apply(idle("demo"), "fieldManager=first");
                  return second.version().equals(first.version()) ? second : null;
                },
                Objects::nonNull);
    assertThat(again.code()).isEqualTo(200);
    assertThat(again.body().at("/metadata/uid")).isEqualTo(created.body().at("/metadata/uid"));
  }

  @Test
  void a_field_that_is_left_out_later_goes() {
    ObjectNode cluster = idle("demo");
    metadata(cluster).putObject("labels").put("a", "1").put("b", "2");
    apply(cluster, "fieldManager=first");
    admin.merge(cluster() + "?fieldManager=other", "{\"metadata\":{\"labels\":{\"c\":\"3\"}}}");
    ((ObjectNode) metadata(cluster).get("labels")).remove("a");
    Reply applied = apply(cluster, "fieldManager=first");
    assertThat(applied.code()).as(applied.text()).isEqualTo(200);
    assertThat(applied.body().at("/metadata/labels").toString())
        .isEqualTo("{\"b\":\"2\",\"c\":\"3\"}");
  }

  @Test
  void a_field_of_another_manager_is_a_conflict() {
    apply(idle("demo"), "fieldManager=first");
    Reply refused = apply(only("rayVersion", "2.48.0"), "fieldManager=second");
    assertThat(refused.code()).isEqualTo(409);
    assertThat(refused.reason()).isEqualTo("Conflict");
    assertThat(refused.message())
        .isEqualTo("Apply failed with 1 conflict: conflict with \"first\": .spec.rayVersion");
    JsonNode cause = refused.body().at("/details/causes/0");
    assertThat(cause.path("reason").asText()).isEqualTo("FieldManagerConflict");
    assertThat(cause.path("message").asText()).isEqualTo("conflict with \"first\"");
    assertThat(cause.path("field").asText()).isEqualTo(".spec.rayVersion");
    assertThat(admin.get(cluster()).body().at("/spec/rayVersion").asText()).isEqualTo("2.47.1");
  }

  @Test
  void an_update_is_a_conflict_too_and_names_its_version() {
    apply(idle("demo"), "fieldManager=first");
    admin.merge(
        cluster() + "?fieldManager=editor",
        "{\"spec\":{\"rayVersion\":\"2.48.0\",\"suspend\":false}}");
    Reply refused = apply(idle("demo"), "fieldManager=first");
    assertThat(refused.code()).isEqualTo(409);
    assertThat(refused.message())
        .isEqualTo(
            "Apply failed with 2 conflicts: conflicts with \"editor\" using ray.io/v1:\n"
                + "- .spec.rayVersion\n- .spec.suspend");
    assertThat(refused.body().at("/details/causes").findValuesAsText("field"))
        .containsExactly(".spec.rayVersion", ".spec.suspend");
  }

  @Test
  void forced_it_takes_the_field_over() {
    apply(idle("demo"), "fieldManager=first");
    Reply forced = apply(only("rayVersion", "2.48.0"), "fieldManager=second&force=true");
    assertThat(forced.code()).as(forced.text()).isEqualTo(200);
    assertThat(forced.body().at("/spec/rayVersion").asText()).isEqualTo("2.48.0");
    assertThat(manager(forced.body(), "second").path("fieldsV1").toString())
        .isEqualTo("{\"f:spec\":{\"f:rayVersion\":{}}}");
    assertThat(manager(forced.body(), "first").at("/fieldsV1/f:spec").has("f:rayVersion"))
        .isFalse();
  }

  @Test
  void the_same_value_is_shared() {
    apply(idle("demo"), "fieldManager=first");
    Reply shared = apply(only("rayVersion", "2.47.1"), "fieldManager=second");
    assertThat(shared.code()).as(shared.text()).isEqualTo(200);
    Reply left = apply(only("rayVersion", "2.47.1"), "fieldManager=first");
    assertThat(left.code()).isIn(200, 422);
    assertThat(admin.get(cluster()).body().at("/spec/rayVersion").asText()).isEqualTo("2.47.1");
  }

  @Test
  void containers_are_merged_by_name() {
    apply(idle("demo"), "fieldManager=first");
    ObjectNode more = only("rayVersion", "2.47.1");
    spec(more).remove("rayVersion");
    ObjectNode container =
        spec(more)
            .putObject("headGroupSpec")
            .putObject("template")
            .putObject("spec")
            .putArray("containers")
            .addObject()
            .put("name", "ray-head");
    container.putArray("args").add("--verbose");
    Reply applied = apply(more, "fieldManager=second");
    assertThat(applied.code()).as(applied.text()).isEqualTo(200);
    JsonNode head = applied.body().at("/spec/headGroupSpec/template/spec/containers");
    assertThat(head.size()).isEqualTo(1);
    assertThat(head.at("/0/args/0").asText()).isEqualTo("--verbose");
    assertThat(head.at("/0/image").asText()).isEqualTo("quay.io/modh/ray:2.47.1-py311-cu121");
    container.put("image", "busybox");
    assertThat(apply(more, "fieldManager=second").message())
        .isEqualTo(
            "Apply failed with 1 conflict: conflict with \"first\":"
                + " .spec.headGroupSpec.template.spec.containers[name=\"ray-head\"].image");
  }

  @Test
  void a_manager_must_be_named_and_force_is_for_apply_only() {
    Reply nameless = admin.patch(cluster(), TYPE, idle("demo").toString());
    assertThat(nameless.code()).isEqualTo(422);
    assertThat(nameless.message())
        .isEqualTo(
            "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required"
                + " for apply patch");
    create(idle("demo"));
    assertThat(admin.merge(cluster() + "?force=true", "{}").message())
        .isEqualTo(
            "PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden: may not be specified for"
                + " non-apply patch");
    ObjectNode owned = idle("demo");
    metadata(owned).putArray("managedFields").addObject().put("manager", "x");
    assertThat(apply(owned, "fieldManager=first").code()).isEqualTo(400);
  }

  @Test
  void a_dry_run_shows_what_it_would_become() {
    apply(idle("demo"), "fieldManager=first");
    ObjectNode newer = idle("demo");
    spec(newer).put("rayVersion", "2.48.0");
    Reply dry = apply(newer, "fieldManager=first&dryRun=All");
    assertThat(dry.code()).isEqualTo(200);
    assertThat(dry.body().at("/spec/rayVersion").asText()).isEqualTo("2.48.0");
    assertThat(admin.get(cluster()).body().at("/spec/rayVersion").asText()).isEqualTo("2.47.1");
  }

  @Test
  void a_creation_and_an_update_own_what_they_set() {
    Reply created = admin.post(rayclusters + "?fieldManager=maker", idle("demo"));
    JsonNode maker = manager(created.body(), "maker");
    assertThat(maker.path("operation").asText()).isEqualTo("Update");
    assertThat(maker.at("/fieldsV1/f:spec").has("f:rayVersion")).isTrue();
    Reply merged =
        admin.merge(cluster() + "?fieldManager=editor", "{\"spec\":{\"rayVersion\":\"2.48.0\"}}");
    assertThat(manager(merged.body(), "editor").at("/fieldsV1/f:spec").has("f:rayVersion"))
        .isTrue();
    assertThat(manager(merged.body(), "maker").at("/fieldsV1/f:spec").has("f:rayVersion"))
        .isFalse();
  }

  @Test
  void who_may_not_write_may_not_apply() {
    Reply reply = viewer.patch(cluster() + "?fieldManager=first", TYPE, idle("demo").toString());
    assertThat(reply.code()).isEqualTo(403);
    assertThat(List.of(admin.get(cluster()).code())).containsExactly(404);
  }

  @Test
  void nothing_unknown_can_be_applied() {
    ObjectNode unknown = idle("demo");
    spec(unknown).put("nonsense", 1);
    Reply refused = apply(unknown, "fieldManager=first");
    assertThat(refused.code()).isEqualTo(500);
    assertThat(refused.message())
        .isEqualTo(
            "failed to create typed patch object (/demo; ray.io/v1, Kind=RayCluster):"
                + " .spec.nonsense: field not declared in schema");
  }

  @Test
  void an_object_applied_empty_leaves_what_others_put_into_it() {
    ObjectNode cluster = idle("demo");
    ((ObjectNode) cluster.at("/spec/headGroupSpec")).putObject("rayStartParams");
    apply(cluster, "fieldManager=first");
    String params = "{\"spec\":{\"headGroupSpec\":{\"rayStartParams\":{\"block\":\"true\"}}}}";
    admin.merge(cluster() + "?fieldManager=editor", params);
    Reply again = apply(cluster, "fieldManager=first");
    assertThat(again.code()).as(again.text()).isEqualTo(200);
    assertThat(again.body().at("/spec/headGroupSpec/rayStartParams").toString())
        .isEqualTo("{\"block\":\"true\"}");
  }

  @Test
  void finalizers_are_a_set_that_everybody_adds_to() {
    ObjectNode cluster = idle("demo");
    metadata(cluster).putArray("finalizers").add("example.com/one");
    apply(cluster, "fieldManager=first");
    ObjectNode more = only("rayVersion", "2.47.1");
    metadata(more).putArray("finalizers").add("example.com/two");
    Reply both = apply(more, "fieldManager=second");
    assertThat(both.body().at("/metadata/finalizers").toString())
        .isEqualTo("[\"example.com/one\",\"example.com/two\"]");
    metadata(cluster).remove("finalizers");
    Reply one = apply(cluster, "fieldManager=first");
    assertThat(one.body().at("/metadata/finalizers").toString()).isEqualTo("[\"example.com/two\"]");
    admin.merge(cluster(), "{\"metadata\":{\"finalizers\":null}}");
  }

  @Test
  void a_container_that_is_left_out_later_goes() {
    apply(idle("demo"), "fieldManager=first");
    ObjectNode side = only("rayVersion", "2.47.1");
    spec(side)
        .putObject("headGroupSpec")
        .putObject("template")
        .putObject("spec")
        .putArray("containers")
        .addObject()
        .put("name", "side")
        .put("image", "busybox");
    Reply added = apply(side, "fieldManager=second");
    assertThat(
            added
                .body()
                .at("/spec/headGroupSpec/template/spec/containers")
                .findValuesAsText("name"))
        .containsExactly("ray-head", "side");
    Reply removed = apply(only("rayVersion", "2.47.1"), "fieldManager=second");
    assertThat(
            removed
                .body()
                .at("/spec/headGroupSpec/template/spec/containers")
                .findValuesAsText("name"))
        .containsExactly("ray-head");
  }

  @Test
  void the_status_is_applied_through_its_own_path() {
    create(idle("demo"));
    eventually(cluster(), reply -> reply.body().at("/status/state").asText().equals("suspended"));
    ObjectNode status = only("rayVersion", "9");
    status.putObject("status").put("reason", "from outside");
    Reply applied = admin.patch(cluster() + "/status?fieldManager=first", TYPE, status.toString());
    assertThat(applied.code()).as(applied.text()).isEqualTo(200);
    assertThat(applied.body().at("/status/reason").asText()).isEqualTo("from outside");
    assertThat(applied.body().at("/spec/rayVersion").asText()).isEqualTo("2.47.1");
    JsonNode entry = manager(applied.body(), "first");
    assertThat(entry.path("subresource").asText()).isEqualTo("status");
    assertThat(entry.path("fieldsV1").toString()).isEqualTo("{\"f:status\":{\"f:reason\":{}}}");
  }

  @Test
  void what_is_applied_is_validated() {
    ObjectNode wrong = idle("demo");
    spec(wrong).put("managedBy", "me");
    assertThat(apply(wrong, "fieldManager=first").code()).isEqualTo(422);
    ObjectNode other = idle("demo");
    other.put("kind", "RayJob");
    assertThat(apply(other, "fieldManager=first").code()).isGreaterThanOrEqualTo(400);
    assertThat(admin.get(cluster()).code()).isEqualTo(404);
  }
}
