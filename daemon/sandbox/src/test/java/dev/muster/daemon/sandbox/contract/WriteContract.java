package dev.muster.daemon.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.contract.ApiClient.Reply;
import dev.muster.daemon.sandbox.store.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a Kubernetes API server does with updates, patches and objects that are not valid. */
public abstract class WriteContract extends ServerContract {

  private String cluster() {
    return rayclusters + "/demo";
  }

  private JsonNode current() {
    return admin.get(cluster()).body();
  }

  @Test
  void an_update_of_an_old_version_is_a_conflict() {
    ObjectNode first = (ObjectNode) create(idle("demo")).body();
    assertThat(admin.merge(cluster(), "{\"spec\":{\"rayVersion\":\"2.48.0\"}}").code())
        .isEqualTo(200);
    Reply reply = admin.put(cluster(), first);
    assertThat(reply.code()).isEqualTo(409);
    assertThat(reply.reason()).isEqualTo("Conflict");
    assertThat(reply.message())
        .isEqualTo(
            "Operation cannot be fulfilled on rayclusters.ray.io \"demo\": the object has been"
                + " modified; please apply your changes to the latest version and try again");
  }

  @Test
  void an_update_must_say_what_it_was_made_from() {
    ObjectNode cluster = (ObjectNode) create(idle("demo")).body();
    metadata(cluster).remove("resourceVersion");
    Reply reply = admin.put(cluster(), cluster);
    assertThat(reply.code()).isEqualTo(422);
    assertThat(reply.message())
        .isEqualTo(
            "rayclusters.ray.io \"demo\" is invalid: metadata.resourceVersion: Invalid value: 0x0:"
                + " must be specified for an update");
  }

  @Test
  void an_update_must_fit_its_path() {
    ObjectNode cluster = (ObjectNode) create(idle("demo")).body();
    metadata(cluster).put("name", "other");
    Reply reply = admin.put(cluster(), cluster);
    assertThat(reply.code()).isEqualTo(400);
    assertThat(reply.message())
        .isEqualTo("the name of the object (other) does not match the name on the URL (demo)");
    ObjectNode elsewhere = idle("demo");
    metadata(elsewhere).put("namespace", "default");
    assertThat(admin.post(rayclusters, elsewhere).code()).isEqualTo(400);
  }

  @Test
  void only_a_change_of_the_spec_counts_the_generation() {
    create(idle("demo"));
    admin.merge(cluster(), "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
    assertThat(current().at("/metadata/generation").asInt()).isEqualTo(1);
    admin.merge(cluster(), "{\"spec\":{\"rayVersion\":\"2.48.0\"}}");
    assertThat(current().at("/metadata/generation").asInt()).isEqualTo(2);
  }

  @Test
  void the_status_is_written_through_its_own_path_only() {
    create(idle("demo"));
    admin.merge(cluster(), "{\"status\":{\"reason\":\"from outside\"}}");
    assertThat(current().at("/status/reason").asText()).isEmpty();
    Reply written =
        admin.merge(
            cluster() + "/status",
            "{\"status\":{\"reason\":\"from outside\"},\"spec\":{\"rayVersion\":\"9\"}}");
    assertThat(written.code()).isEqualTo(200);
    assertThat(written.body().at("/status/reason").asText()).isEqualTo("from outside");
    assertThat(written.body().at("/spec/rayVersion").asText()).isEqualTo("2.47.1");
  }

  @Test
  void patches_come_in_two_kinds() {
    create(idle("demo"));
    Reply merged = admin.merge(cluster(), "{\"metadata\":{\"labels\":{\"a\":\"1\",\"b\":\"2\"}}}");
    assertThat(merged.body().at("/metadata/labels/b").asText()).isEqualTo("2");
    Reply removed = admin.merge(cluster(), "{\"metadata\":{\"labels\":{\"a\":null}}}");
    assertThat(removed.body().path("metadata").path("labels").has("a")).isFalse();
    Reply patched =
        admin.patch(
            cluster(),
            "application/json-patch+json",
            "[{\"op\":\"test\",\"path\":\"/spec/rayVersion\",\"value\":\"2.47.1\"},"
                + "{\"op\":\"replace\",\"path\":\"/spec/rayVersion\",\"value\":\"2.48.0\"}]");
    assertThat(patched.code()).as(patched.text()).isEqualTo(200);
    assertThat(patched.body().at("/spec/rayVersion").asText()).isEqualTo("2.48.0");
    Reply failed =
        admin.patch(
            cluster(),
            "application/json-patch+json",
            "[{\"op\":\"test\",\"path\":\"/spec/rayVersion\",\"value\":\"0\"}]");
    assertThat(failed.code()).isEqualTo(422);
    assertThat(admin.patch(cluster(), "application/strategic-merge-patch+json", "{}").code())
        .isEqualTo(415);
    assertThat(admin.merge(rayclusters + "/none", "{}").code()).isEqualTo(404);
    Reply stale = admin.merge(cluster(), "{\"metadata\":{\"resourceVersion\":\"1\"}}");
    assertThat(stale.code()).isEqualTo(409);
  }

  @Test
  void a_write_that_changes_nothing_leaves_the_version() {
    admin.post(core + "/secrets", secret("one"));
    String patch = "{\"metadata\":{\"labels\":{\"a\":\"1\"}}}";
    Reply labelled = admin.merge(core + "/secrets/one", patch);
    Reply again = admin.merge(core + "/secrets/one", patch);
    assertThat(again.code()).isEqualTo(200);
    assertThat(again.version()).isEqualTo(labelled.version());
  }

  @Test
  void a_dry_run_writes_nothing() {
    Reply created = admin.post(rayclusters + "?dryRun=All", idle("demo"));
    assertThat(created.code()).isEqualTo(201);
    assertThat(created.body().at("/metadata/uid").asText()).isNotEmpty();
    assertThat(admin.get(cluster()).code()).isEqualTo(404);
    create(idle("demo"));
    Reply patched =
        admin.merge(cluster() + "?dryRun=All", "{\"spec\":{\"rayVersion\":\"2.48.0\"}}");
    assertThat(patched.body().at("/spec/rayVersion").asText()).isEqualTo("2.48.0");
    assertThat(current().at("/spec/rayVersion").asText()).isEqualTo("2.47.1");
    ObjectNode dry = Json.object();
    dry.putArray("dryRun").add("All");
    assertThat(admin.delete(cluster(), dry).code()).isEqualTo(200);
    assertThat(admin.get(cluster()).code()).isEqualTo(200);
    assertThat(admin.post(rayclusters + "?dryRun=Some", idle("other")).code()).isEqualTo(422);
  }

  @Test
  void unknown_fields_are_refused_when_asked_for() {
    ObjectNode cluster = idle("demo");
    spec(cluster).put("nonsense", 1);
    Reply refused = admin.post(rayclusters + "?fieldValidation=Strict", cluster);
    assertThat(refused.code()).isEqualTo(400);
    assertThat(refused.reason()).isEqualTo("BadRequest");
    assertThat(refused.message())
        .isEqualTo(
            "RayCluster in version \"v1\" cannot be handled as a RayCluster: strict decoding"
                + " error: unknown field \"spec.nonsense\"");
  }

  @Test
  void unknown_fields_are_dropped_with_a_warning_otherwise() {
    ObjectNode cluster = idle("demo");
    spec(cluster).put("nonsense", 1);
    Reply created = create(cluster);
    assertThat(created.warnings()).containsExactly("299 - \"unknown field \\\"spec.nonsense\\\"\"");
    assertThat(created.body().path("spec").has("nonsense")).isFalse();
  }

  @Test
  void a_missing_field_is_named() {
    ObjectNode cluster = idle("demo");
    spec(cluster).remove("headGroupSpec");
    Reply reply = admin.post(rayclusters, cluster);
    assertThat(reply.code()).isEqualTo(422);
    assertThat(reply.reason()).isEqualTo("Invalid");
    assertThat(reply.message())
        .startsWith("RayCluster.ray.io \"demo\" is invalid: ")
        .contains("spec.headGroupSpec: Required value");
    assertThat(cause(reply, "spec.headGroupSpec").path("reason").asText())
        .isEqualTo("FieldValueRequired");
    assertThat(cause(reply, "spec.headGroupSpec").path("message").asText())
        .isEqualTo("Required value");
  }

  @Test
  void a_wrong_type_is_named() {
    ObjectNode cluster = idle("demo");
    ((ObjectNode) cluster.at("/spec/workerGroupSpecs/0")).put("replicas", "two");
    Reply reply = admin.post(rayclusters, cluster);
    String field = "spec.workerGroupSpecs[0].replicas";
    assertThat(reply.code()).isEqualTo(422);
    assertThat(cause(reply, field).path("message").asText())
        .isEqualTo(
            "Invalid value: \"string\": " + field + " in body must be of type integer: \"string\"");
    assertThat(cause(reply, field).path("reason").asText()).isEqualTo("FieldValueTypeInvalid");
  }

  @Test
  void a_wrong_quantity_is_named() {
    ObjectNode cluster = idle("demo");
    ((ObjectNode) cluster.at("/spec/headGroupSpec/template/spec/containers/0/resources/limits"))
        .put("memory", "2 gigabytes");
    Reply reply = admin.post(rayclusters, cluster);
    assertThat(reply.code()).isEqualTo(422);
    String field = "spec.headGroupSpec.template.spec.containers[0].resources.limits.memory";
    assertThat(cause(reply, field).path("message").asText())
        .startsWith("Invalid value: \"2 gigabytes\": " + field + " in body should match '^");
  }

  @Test
  void rules_beyond_the_schema_are_checked_last() {
    ObjectNode cluster = idle("demo");
    spec(cluster).put("managedBy", "me");
    Reply reply = admin.post(rayclusters, cluster);
    assertThat(reply.message())
        .isEqualTo(
            "RayCluster.ray.io \"demo\" is invalid: spec.managedBy: Invalid value: \"string\": the"
                + " managedBy field value must be either 'ray.io/kuberay-operator' or"
                + " 'kueue.x-k8s.io/multikueue'");
    spec(cluster).putObject("autoscalerOptions").put("upscalingMode", "Foo");
    assertThat(admin.post(rayclusters, cluster).message())
        .isEqualTo(
            "RayCluster.ray.io \"demo\" is invalid: [spec.autoscalerOptions.upscalingMode:"
                + " Unsupported value: \"Foo\": supported values: \"Default\", \"Aggressive\","
                + " \"Conservative\", <nil>: Invalid value: \"null\": some validation rules were"
                + " not checked because the object was invalid; correct the existing errors to"
                + " complete validation]");
  }

  @Test
  void a_name_must_be_a_dns_name() {
    Reply reply = admin.post(rayclusters, idle("Not_Good"));
    assertThat(reply.code()).isEqualTo(422);
    assertThat(cause(reply, "metadata.name").path("message").asText())
        .startsWith(
            "Invalid value: \"Not_Good\": a lowercase RFC 1123 subdomain must consist of lower case"
                + " alphanumeric characters, '-' or '.'");
    ObjectNode nameless = idle("");
    metadata(nameless).remove("name");
    assertThat(admin.post(rayclusters, nameless).message())
        .contains("metadata.name: Required value: name or generateName is required");
  }

  @Test
  void a_label_must_be_one() {
    ObjectNode cluster = idle("demo");
    metadata(cluster).putObject("labels").put("a", "not good");
    Reply reply = admin.post(rayclusters, cluster);
    assertThat(reply.code()).isEqualTo(422);
    assertThat(cause(reply, "metadata.labels").path("message").asText())
        .startsWith("Invalid value: \"not good\": a valid label must be an empty string or");
  }

  @Test
  void a_body_must_be_the_right_kind_of_object() {
    assertThat(
            admin
                .send("POST", rayclusters, "application/json", "{".getBytes(StandardCharsets.UTF_8))
                .code())
        .isEqualTo(400);
    ObjectNode wrong = idle("demo");
    wrong.put("kind", "RayJob");
    assertThat(admin.post(rayclusters, wrong).message())
        .isEqualTo(
            "RayJob.ray.io \"demo\" is invalid: kind: Invalid value: \"RayJob\": must be"
                + " RayCluster");
    assertThat(
            admin
                .send("POST", rayclusters, "text/plain", "{}".getBytes(StandardCharsets.UTF_8))
                .code())
        .isEqualTo(415);
  }

  private static JsonNode cause(Reply reply, String field) {
    for (JsonNode cause : reply.body().at("/details/causes")) {
      if (cause.path("field").asText().equals(field)) {
        return cause;
      }
    }
    throw new AssertionError("no cause for " + field + " in " + reply.text());
  }
}
