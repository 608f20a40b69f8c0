package dev.muster.daemon.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.contract.ApiClient.Reply;
import dev.muster.daemon.sandbox.store.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a Kubernetes API server with RayCluster's CRD does with single requests. */
public abstract class KubernetesApiContract extends ServerContract {

  private String cluster(String name) {
    return rayclusters + "/" + name;
  }

  @Test
  void discovery_names_rayclusters_and_their_status() {
    JsonNode resources = admin.get("/apis/ray.io/v1").body().path("resources");
    assertThat(resources.findValuesAsText("name")).contains("rayclusters", "rayclusters/status");
    assertThat(admin.get("/apis").body().at("/groups").findValuesAsText("name"))
        .contains("ray.io", "authorization.k8s.io");
    assertThat(admin.get("/version").body().path("gitVersion").asText()).startsWith("v1.33");
  }

  @Test
  void a_created_object_has_what_the_server_adds() {
    JsonNode created = create(idle("demo")).body();
    assertThat(created.at("/metadata/uid").asText()).hasSize(36);
    assertThat(created.at("/metadata/creationTimestamp").asText()).endsWith("Z");
    assertThat(created.at("/metadata/generation").asInt()).isEqualTo(1);
    assertThat(created.at("/spec/workerGroupSpecs/0/numOfHosts").asInt()).isEqualTo(1);
    JsonNode read = admin.get(cluster("demo")).body();
    assertThat(read.at("/metadata/uid")).isEqualTo(created.at("/metadata/uid"));
    assertThat(read.path("spec")).isEqualTo(created.path("spec"));
  }

  @Test
  void generateName_makes_a_name() {
    ObjectNode cluster = idle("");
    metadata(cluster).remove("name");
    metadata(cluster).put("generateName", "many-");
    String name = create(cluster).body().at("/metadata/name").asText();
    assertThat(name).matches("many-[a-z0-9]{5}");
  }

  @Test
  void what_exists_cannot_be_created_again() {
    create(idle("demo"));
    Reply again = admin.post(rayclusters, idle("demo"));
    assertThat(again.code()).isEqualTo(409);
    assertThat(again.reason()).isEqualTo("AlreadyExists");
    assertThat(again.message()).isEqualTo("rayclusters.ray.io \"demo\" already exists");
    assertThat(again.body().at("/details/kind").asText()).isEqualTo("rayclusters");
  }

  @Test
  void nothing_can_be_created_in_a_missing_namespace() {
    Reply reply = admin.post("/apis/ray.io/v1/namespaces/nowhere/rayclusters", idle("demo"));
    assertThat(reply.code()).isEqualTo(404);
    assertThat(reply.message()).isEqualTo("namespaces \"nowhere\" not found");
  }

  @Test
  void a_missing_object_is_not_found() {
    Reply reply = admin.get(cluster("none"));
    assertThat(reply.code()).isEqualTo(404);
    assertThat(reply.reason()).isEqualTo("NotFound");
    assertThat(reply.message()).isEqualTo("rayclusters.ray.io \"none\" not found");
    assertThat(reply.body().at("/details/name").asText()).isEqualTo("none");
    assertThat(reply.body().at("/details/group").asText()).isEqualTo("ray.io");
    assertThat(admin.delete(cluster("none")).code()).isEqualTo(404);
  }

  @Test
  void an_unknown_resource_is_a_plain_404() {
    Reply reply = admin.get("/apis/ray.io/v1/namespaces/" + namespace + "/nosuchthings");
    assertThat(reply.code()).isEqualTo(404);
    assertThat(reply.text()).isEqualTo("404 page not found\n");
    Reply own = admin.get(core + "/nosuchthings");
    assertThat(own.code()).isEqualTo(404);
    assertThat(own.message()).isEqualTo("the server could not find the requested resource");
  }

  @Test
  void an_unknown_token_is_unauthorized() {
    Reply reply = viewer.withToken("wrong").get(rayclusters);
    assertThat(reply.code()).isEqualTo(401);
    assertThat(reply.reason()).isEqualTo("Unauthorized");
    assertThat(reply.message()).isEqualTo("Unauthorized");
  }

  @Test
  void a_viewer_may_not_create() {
    Reply reply = viewer.post(rayclusters, idle("demo"));
    assertThat(reply.code()).isEqualTo(403);
    assertThat(reply.reason()).isEqualTo("Forbidden");
    assertThat(reply.message())
        .isEqualTo(
            "rayclusters.ray.io is forbidden: User \"viewer\" cannot create resource"
                + " \"rayclusters\" in API group \"ray.io\" in the namespace \""
                + namespace
                + "\"");
    assertThat(viewer.delete(cluster("demo")).message())
        .startsWith("rayclusters.ray.io \"demo\" is forbidden: User \"viewer\" cannot delete");
    assertThat(viewer.delete("/api/v1/pods").message())
        .isEqualTo(
            "pods is forbidden: User \"viewer\" cannot deletecollection resource \"pods\" in API"
                + " group \"\" at the cluster scope");
  }

  @Test
  void a_user_can_ask_who_he_is_and_what_he_may() {
    ObjectNode who =
        Json.object()
            .put("apiVersion", "authentication.k8s.io/v1")
            .put("kind", "SelfSubjectReview");
    JsonNode me = viewer.post("/apis/authentication.k8s.io/v1/selfsubjectreviews", who).body();
    assertThat(me.at("/status/userInfo/username").asText()).isEqualTo("viewer");
    assertThat(allowed(viewer, "list")).isTrue();
    assertThat(allowed(viewer, "delete")).isFalse();
    assertThat(allowed(admin, "delete")).isTrue();
  }

  private boolean allowed(ApiClient user, String verb) {
    ObjectNode review =
        Json.object()
            .put("apiVersion", "authorization.k8s.io/v1")
            .put("kind", "SelfSubjectAccessReview");
    review
        .putObject("spec")
        .putObject("resourceAttributes")
        .put("verb", verb)
        .put("resource", "pods")
        .put("namespace", namespace);
    Reply reply = user.post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review);
    assertThat(reply.code()).isEqualTo(201);
    return reply.body().at("/status/allowed").asBoolean();
  }

  @Test
  void lists_come_in_pages_of_one_moment() {
    for (int i = 0; i < 5; i++) {
      create(idle("c" + i));
    }
    Reply page = admin.get(rayclusters + "?limit=2");
    String version = page.version();
    assertThat(page.body().at("/metadata/remainingItemCount").asInt()).isEqualTo(3);
    create(idle("c9"));
    List<String> names = new ArrayList<>();
    while (true) {
      page.body().path("items").forEach(item -> names.add(item.at("/metadata/name").asText()));
      String next = page.body().at("/metadata/continue").asText();
      if (next.isEmpty()) {
        break;
      }
      page = admin.get(rayclusters + "?limit=2&continue=" + next);
      assertThat(page.version()).isEqualTo(version);
    }
    assertThat(names).containsExactly("c0", "c1", "c2", "c3", "c4");
    assertThat(admin.get(rayclusters + "?limit=2&continue=wrong").code()).isEqualTo(400);
  }

  @Test
  void the_items_of_a_builtin_list_do_not_name_their_kind() {
    admin.post(core + "/secrets", secret("one"));
    JsonNode list = admin.get(core + "/secrets").body();
    assertThat(list.path("kind").asText()).isEqualTo("SecretList");
    assertThat(list.at("/items/0").has("kind")).isFalse();
    assertThat(admin.get(core + "/secrets/one").body().path("kind").asText()).isEqualTo("Secret");
    create(idle("demo"));
    JsonNode custom = admin.get(rayclusters).body();
    assertThat(custom.path("kind").asText()).isEqualTo("RayClusterList");
    assertThat(custom.at("/items/0/kind").asText()).isEqualTo("RayCluster");
  }

  @Test
  void selectors_choose_by_label_and_field() {
    for (String name : List.of("a", "b", "c")) {
      ObjectNode cluster = idle(name);
      metadata(cluster).putObject("labels").put("team", "team-" + name).put("all", "yes");
      create(cluster);
    }
    create(idle("d"));
    assertThat(names("?labelSelector=team%3Dteam-a")).containsExactly("a");
    assertThat(names("?labelSelector=all,team!%3Dteam-a")).containsExactly("b", "c");
    assertThat(names("?labelSelector=team+in+(team-a,team-c)")).containsExactly("a", "c");
    assertThat(names("?labelSelector=team+notin+(team-a)")).containsExactly("b", "c", "d");
    assertThat(names("?labelSelector=!team")).containsExactly("d");
    assertThat(names("?fieldSelector=metadata.name%3Db")).containsExactly("b");
    assertThat(names("?fieldSelector=metadata.name!%3Db")).containsExactly("a", "c", "d");
    assertThat(admin.get(rayclusters + "?fieldSelector=spec.x%3D1").code()).isEqualTo(400);
    assertThat(admin.get(rayclusters + "?labelSelector=%3D%3D").code()).isEqualTo(400);
  }

  private List<String> names(String query) {
    List<String> names = new ArrayList<>();
    admin
        .get(rayclusters + query)
        .body()
        .path("items")
        .forEach(item -> names.add(item.at("/metadata/name").asText()));
    return names;
  }

  @Test
  void a_version_from_the_future_is_refused() {
    Reply reply = admin.get(rayclusters + "?resourceVersion=999999999");
    assertThat(reply.code()).isEqualTo(504);
    assertThat(reply.message()).contains("Too large resource version: 999999999");
    assertThat(reply.body().at("/details/causes/0/reason").asText())
        .isEqualTo("ResourceVersionTooLarge");
  }

  @Test
  void a_deletion_can_be_bound_to_a_uid_and_a_version() {
    create(idle("demo"));
    ObjectNode options = Json.object();
    options.putObject("preconditions").put("uid", "00000000-0000-0000-0000-000000000000");
    Reply reply = admin.delete(cluster("demo"), options);
    assertThat(reply.code()).isEqualTo(409);
    assertThat(reply.reason()).isEqualTo("Conflict");
    assertThat(reply.message())
        .startsWith(
            "Operation cannot be fulfilled on RayCluster.ray.io \"demo\": the UID in the"
                + " precondition (00000000-0000-0000-0000-000000000000) does not match the UID");
    options.putObject("preconditions").put("resourceVersion", "1");
    assertThat(admin.delete(cluster("demo"), options).code()).isEqualTo(409);
    Reply deleted = admin.delete(cluster("demo"));
    assertThat(deleted.code()).isEqualTo(200);
    assertThat(deleted.body().path("status").asText()).isEqualTo("Success");
    assertThat(deleted.body().at("/details/kind").asText()).isEqualTo("rayclusters");
  }

  @Test
  void a_finalizer_holds_a_deletion_back() {
    ObjectNode cluster = idle("demo");
    metadata(cluster).putArray("finalizers").add("example.com/hold");
    create(cluster);
    Reply held = admin.delete(cluster("demo"));
    assertThat(held.code()).isEqualTo(200);
    assertThat(held.body().at("/metadata/deletionTimestamp").asText()).endsWith("Z");
    assertThat(admin.get(cluster("demo")).code()).isEqualTo(200);
    assertThat(admin.merge(cluster("demo"), "{\"metadata\":{\"finalizers\":null}}").code())
        .isEqualTo(200);
    assertThat(admin.get(cluster("demo")).code()).isEqualTo(404);
  }

  @Test
  void what_belongs_to_a_deleted_object_goes_too() {
    JsonNode owner = create(idle("demo")).body();
    assertThat(admin.post(core + "/secrets", owned("child", owner)).code()).isEqualTo(201);
    admin.delete(cluster("demo"));
    eventually(core + "/secrets/child", reply -> reply.code() == 404);
  }

  @Test
  void what_belongs_to_a_deleted_object_can_be_left() {
    JsonNode owner = create(idle("demo")).body();
    assertThat(admin.post(core + "/secrets", owned("child", owner)).code()).isEqualTo(201);
    // A real garbage collector must have seen the owner's kind before it orphans.
    admin.delete(cluster("demo"), Json.object().put("propagationPolicy", "Orphan"));
    eventually(cluster("demo"), reply -> reply.code() == 404);
    Reply child = admin.get(core + "/secrets/child");
    assertThat(child.code()).isEqualTo(200);
    assertThat(child.body().path("metadata").has("ownerReferences")).isFalse();
  }

  @Test
  void in_the_foreground_the_owner_goes_last() {
    JsonNode owner = create(idle("demo")).body();
    assertThat(admin.post(core + "/secrets", owned("child", owner)).code()).isEqualTo(201);
    Reply deleting =
        admin.delete(cluster("demo"), Json.object().put("propagationPolicy", "Foreground"));
    assertThat(deleting.body().at("/metadata/finalizers/0").asText())
        .isEqualTo("foregroundDeletion");
    eventually(cluster("demo"), reply -> reply.code() == 404);
    assertThat(admin.get(core + "/secrets/child").code()).isEqualTo(404);
  }

  private ObjectNode owned(String name, JsonNode owner) {
    ObjectNode secret = secret(name);
    metadata(secret)
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "ray.io/v1")
        .put("kind", "RayCluster")
        .put("name", owner.at("/metadata/name").asText())
        .put("uid", owner.at("/metadata/uid").asText())
        .put("blockOwnerDeletion", true);
    return secret;
  }

  @Test
  void a_collection_is_deleted_by_label() {
    ObjectNode chosen = idle("a");
    metadata(chosen).putObject("labels").put("go", "yes");
    create(chosen);
    create(idle("b"));
    assertThat(admin.delete(rayclusters + "?labelSelector=go%3Dyes").code()).isEqualTo(200);
    assertThat(names("")).containsExactly("b");
  }

  @Test
  void a_deleted_namespace_takes_its_content_along() {
    create(idle("demo"));
    Reply deleting = admin.delete("/api/v1/namespaces/" + namespace);
    assertThat(deleting.body().at("/status/phase").asText()).isEqualTo("Terminating");
    Reply refused = admin.post(rayclusters, idle("late"));
    assertThat(refused.code()).isIn(403, 404);
    eventually("/api/v1/namespaces/" + namespace, reply -> reply.code() == 404);
    assertThat(admin.get(cluster("demo")).code()).isEqualTo(404);
  }
}
