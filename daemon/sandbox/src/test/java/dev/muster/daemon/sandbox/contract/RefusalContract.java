package dev.muster.daemon.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.contract.ApiClient.Reply;
import dev.muster.daemon.sandbox.store.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Requests that a Kubernetes API server does not take, and what it does with its own kinds. */
public abstract class RefusalContract extends ServerContract {

  private static final String JSON_PATCH = "application/json-patch+json";

  private Reply send(String method, String path, String type, String body) {
    return admin.send(method, path, type, body.getBytes(StandardCharsets.UTF_8));
  }

  private void refused(Reply reply, int code, String message) {
    assertThat(reply.message()).isEqualTo(message);
    assertThat(reply.code()).isEqualTo(code);
    assertThat(reply.body().path("kind").asText()).isEqualTo("Status");
    assertThat(reply.body().path("code").asInt()).isEqualTo(code);
  }

  @Test
  void options_must_be_known() {
    refused(
        admin.post(rayclusters + "?dryRun=Some", idle("demo")),
        422,
        "CreateOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value:"
            + " []string{\"Some\"}: supported values: \"All\"");
    refused(
        admin.post(rayclusters + "?fieldValidation=Foo", idle("demo")),
        422,
        "CreateOptions.meta.k8s.io \"\" is invalid: fieldValidation: Unsupported value: \"Foo\":"
            + " supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"");
    create(idle("demo"));
    refused(
        admin.merge(rayclusters + "/demo?dryRun=Some", "{}"),
        422,
        "PatchOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value:"
            + " []string{\"Some\"}: supported values: \"All\"");
    refused(
        admin.delete(rayclusters + "/demo", Json.object().put("propagationPolicy", "Foo")),
        422,
        "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Unsupported value: \"Foo\":"
            + " supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"");
  }

  @Test
  void list_options_must_fit_together() {
    String invalid = "ListOptions.meta.k8s.io \"\" is invalid: ";
    refused(
        admin.get(rayclusters + "?resourceVersionMatch=Foo&resourceVersion=1"),
        422,
        invalid
            + "resourceVersionMatch: Unsupported value: \"Foo\": supported values: \"Exact\","
            + " \"NotOlderThan\", \"\"");
    refused(
        admin.get(rayclusters + "?resourceVersionMatch=Exact"),
        422,
        invalid
            + "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless"
            + " resourceVersion is provided");
    refused(
        admin.get(rayclusters + "?resourceVersionMatch=Exact&resourceVersion=0"),
        422,
        invalid
            + "resourceVersionMatch: Forbidden: resourceVersionMatch \"exact\" is forbidden for"
            + " resourceVersion \"0\"");
    refused(
        admin.get(rayclusters + "?sendInitialEvents=true"),
        422,
        invalid + "sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list");
    refused(
        admin.get(rayclusters + "?watch=true&resourceVersionMatch=NotOlderThan"),
        422,
        invalid
            + "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless"
            + " sendInitialEvents is provided");
    refused(
        admin.get(rayclusters + "?resourceVersion=x"),
        400,
        "invalid resource version: resourceVersion: Invalid value: \"x\": strconv.ParseUint:"
            + " parsing \"x\": invalid syntax");
    assertThat(admin.get(rayclusters + "?limit=x").code()).isEqualTo(400);
    assertThat(admin.get(rayclusters + "?fieldSelector=abc").code()).isEqualTo(400);
  }

  @Test
  void an_exact_list_shows_that_moment_whatever_was_written_since() {
    String before = create(idle("demo")).version();
    create(idle("later"));
    eventually(
        rayclusters + "/demo",
        reply -> reply.body().at("/status/state").asText().equals("suspended"));

    Reply list = admin.get(rayclusters + "?resourceVersionMatch=Exact&resourceVersion=" + before);

    assertThat(list.code()).as(list.text()).isEqualTo(200);
    assertThat(list.version()).isEqualTo(before);
    assertThat(list.body().path("items")).hasSize(1);
    assertThat(list.body().at("/items/0/metadata/resourceVersion").asText()).isEqualTo(before);
    assertThat(admin.get(rayclusters + "?resourceVersion=0").body().path("items")).hasSize(2);
  }

  @Test
  void an_exact_list_shows_what_was_deleted_since() {
    create(idle("demo"));
    String before = admin.get(rayclusters).version();
    admin.delete(rayclusters + "/demo");
    eventually(rayclusters, reply -> reply.body().path("items").isEmpty());

    Reply list = admin.get(rayclusters + "?resourceVersionMatch=Exact&resourceVersion=" + before);

    assertThat(list.code()).as(list.text()).isEqualTo(200);
    assertThat(list.body().at("/items/0/metadata/name").asText()).isEqualTo("demo");
  }

  @Test
  void bodies_may_be_yaml_and_must_be_objects() {
    Reply made = send("POST", core + "/secrets", "application/yaml", "metadata: {name: from-yaml}");
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    String unrecognized = "the object provided is unrecognized (must be of type RayCluster): ";
    for (String body : new String[] {"", "[1]", "{", "{}"}) {
      Reply reply = send("POST", rayclusters, "application/json", body);
      assertThat(reply.code()).isEqualTo(400);
      assertThat(reply.message()).startsWith(unrecognized);
    }
    assertThat(send("POST", rayclusters, "application/yaml", "a: [").code()).isEqualTo(400);
    refused(
        send("POST", rayclusters, "application/json", "{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}"),
        400,
        "the API version in the data (v1) does not match the expected API version (ray.io/v1)");
    assertThat(send("POST", core + "/secrets", "application/json", "{\"kind\":\"Pod\"}").code())
        .isEqualTo(400);
  }

  @Test
  void patches_must_be_patches() {
    create(idle("demo"));
    String demo = rayclusters + "/demo";
    assertThat(admin.patch(demo, JSON_PATCH, "{}").message()).startsWith("error decoding patch: ");
    assertThat(admin.merge(demo, "[").message()).startsWith("error decoding patch: ");
    refused(
        admin.patch(demo, JSON_PATCH, "[{\"op\":\"remove\",\"path\":\"/spec/nothing\"}]"),
        422,
        "the server rejected our request due to an error in our request");
    refused(
        admin.merge(demo, "{\"metadata\":{\"name\":\"z\"}}"),
        400,
        "the name of the object (z) does not match the name on the URL (demo)");
    assertThat(admin.merge(demo, "{\"metadata\":{\"uid\":\"z\"}}").message())
        .startsWith("RayCluster.ray.io \"demo\" is invalid: metadata.uid: Invalid value: \"z\"");
    assertThat(admin.merge(demo, "{\"metadata\":{\"ownerReferences\":[{\"a\":1}]}}").message())
        .contains("metadata.ownerReferences.apiVersion: Invalid value: \"\": version must not be");
  }

  @Test
  void updates_must_say_what_they_update() {
    ObjectNode cluster = (ObjectNode) create(idle("demo")).body();
    metadata(cluster).put("uid", "00000000-0000-0000-0000-000000000000");
    assertThat(admin.put(rayclusters + "/demo", cluster).code()).isEqualTo(409);
    metadata(cluster).remove("name");
    refused(
        admin.put(rayclusters + "/demo", cluster),
        400,
        "the name of the object (demo based on URL) was undeterminable: name must be provided");
    metadata(cluster).put("name", "none").remove("uid");
    assertThat(admin.put(rayclusters + "/none", cluster).code()).isEqualTo(404);
  }

  @Test
  void names_have_limits() {
    ObjectNode service = Json.object();
    service.putObject("metadata").put("name", "1st");
    service.putObject("spec").putArray("ports").addObject().put("port", 1);
    assertThat(admin.post(core + "/services", service).message())
        .startsWith(
            "Service \"1st\" is invalid: metadata.name: Invalid value: \"1st\": a DNS-1035 label");
    ObjectNode space = Json.object();
    space.putObject("metadata").put("name", "A.b");
    assertThat(admin.post("/api/v1/namespaces", space).message())
        .startsWith("Namespace \"A.b\" is invalid: metadata.name: Invalid value: \"A.b\": a lower");
    assertThat(admin.post(rayclusters, idle("a".repeat(254))).message())
        .contains("must be no more than 253 characters");
    ObjectNode labelled = idle("demo");
    metadata(labelled).putObject("labels").put("a", "b".repeat(64)).put("-x", "");
    Reply reply = admin.post(rayclusters, labelled);
    assertThat(reply.code()).isEqualTo(422);
    assertThat(reply.message()).contains("must be no more than 63", "name part must consist of");
  }

  @Test
  void secrets_are_encoded_and_keep_their_type() {
    ObjectNode secret = secret("one");
    secret.putObject("stringData").put("a", "b");
    JsonNode made = admin.post(core + "/secrets", secret).body();
    assertThat(made.at("/data/a").asText()).isEqualTo("Yg==");
    assertThat(made.path("type").asText()).isEqualTo("Opaque");
    ObjectNode changed = secret("one");
    changed.putObject("data").put("c", "ZA==");
    JsonNode after = admin.put(core + "/secrets/one", changed).body();
    assertThat(after.path("type").asText()).isEqualTo("Opaque");
    assertThat(after.path("data").toString()).isEqualTo("{\"c\":\"ZA==\"}");
    assertThat(admin.delete(core + "/secrets/one").body().path("status").asText())
        .isEqualTo("Success");
  }

  @Test
  void pods_run_and_keep_what_they_run() {
    ObjectNode pod = Json.object();
    pod.putObject("metadata").put("name", "one");
    assertThat(admin.post(core + "/pods", pod).message()).contains("spec.containers: Required");
    pod.putObject("spec").putArray("containers").addObject().put("name", "a").put("image", "b");
    JsonNode made = admin.post(core + "/pods", pod).body();
    assertThat(made.at("/status/phase").asText()).isEqualTo("Pending");
    assertThat(made.at("/spec/restartPolicy").asText()).isEqualTo("Always");
    eventually(
        core + "/pods/one", reply -> reply.body().at("/status/phase").asText().equals("Running"));
    assertThat(admin.merge(core + "/pods/one", "{\"spec\":{\"hostname\":\"z\"}}").message())
        .startsWith("Pod \"one\" is invalid: spec: Forbidden: pod updates may not change fields");
    Reply deleting = admin.delete(core + "/pods/one");
    assertThat(deleting.body().at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(30);
    eventually(core + "/pods/one", reply -> reply.code() == 404);
  }

  @Test
  void what_lies_in_namespaces_is_not_written_without_one() {
    assertThat(admin.post("/apis/ray.io/v1/rayclusters", idle("demo")).text())
        .isEqualTo("404 page not found\n");
    assertThat(admin.delete("/api/v1/pods?labelSelector=none").code()).isEqualTo(405);
    assertThat(admin.get("/api/v1/pods/one").code()).isEqualTo(404);
    assertThat(admin.get("/foo").text()).contains("404 page not found");
    assertThat(admin.get("/apis/authorization.k8s.io").code()).isEqualTo(200);
    assertThat(admin.get("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews").code())
        .isEqualTo(405);
  }
}
