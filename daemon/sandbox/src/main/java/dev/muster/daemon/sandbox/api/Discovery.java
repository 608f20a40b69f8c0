package dev.muster.daemon.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ResourceType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the server says about itself: versions, groups and resources. */
final class Discovery {

  /** Says that it is none, where every client asks first. */
  static final String VERSION = "v1.33.13+sandbox";

  private final Resources resources;

  Discovery(Resources resources) {
    this.resources = resources;
  }

  /** Empty when the path is none of discovery's. */
  Optional<JsonNode> answer(String path) {
    return Optional.ofNullable(
        switch (path.endsWith("/") ? path.substring(0, path.length() - 1) : path) {
          case "/version" -> version();
          case "/api" -> core();
          case "/apis" -> groups();
          case "/api/v1" -> resourceList("", "v1");
          case "/apis/ray.io" -> group("ray.io");
          case "/apis/ray.io/v1" -> resourceList("ray.io", "v1");
          case "/apis/authorization.k8s.io" -> group("authorization.k8s.io");
          case "/apis/authorization.k8s.io/v1" ->
              reviews(
                  "authorization.k8s.io/v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview");
          case "/apis/authentication.k8s.io" -> group("authentication.k8s.io");
          case "/apis/authentication.k8s.io/v1" ->
              reviews("authentication.k8s.io/v1", "selfsubjectreviews", "SelfSubjectReview");
          default -> null;
        });
  }

  private static JsonNode version() {
    return Json.object()
        .put("major", "1")
        .put("minor", "33")
        .put("gitVersion", VERSION)
        .put("gitCommit", "")
        .put("gitTreeState", "clean")
        .put("buildDate", "1970-01-01T00:00:00Z")
        .put("goVersion", "")
        .put("compiler", "muster-sandbox")
        .put("platform", "simulation");
  }

  private static JsonNode core() {
    ObjectNode versions = Json.object().put("kind", "APIVersions");
    versions.putArray("versions").add("v1");
    versions.putArray("serverAddressByClientCIDRs");
    return versions;
  }

  private JsonNode groups() {
    ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = list.putArray("groups");
    for (String name : List.of("authentication.k8s.io", "authorization.k8s.io", "ray.io")) {
      ObjectNode group = group(name);
      if (group != null) {
        group.remove(List.of("kind", "apiVersion"));
        groups.add(group);
      }
    }
    return list;
  }

  private ObjectNode group(String name) {
    if (name.equals("ray.io") && resources.served(name, "v1").findAny().isEmpty()) {
      return null;
    }
    ObjectNode group =
        Json.object().put("kind", "APIGroup").put("apiVersion", "v1").put("name", name);
    ObjectNode version = Json.object().put("groupVersion", name + "/v1").put("version", "v1");
    group.putArray("versions").add(version);
    group.set("preferredVersion", version.deepCopy());
    return group;
  }

  private JsonNode resourceList(String group, String version) {
    List<ResourceType> served = resources.served(group, version).toList();
    if (served.isEmpty()) {
      return null;
    }
    ObjectNode list = emptyList(served.getFirst().apiVersion());
    for (ResourceType type : served) {
      ArrayNode all = (ArrayNode) list.get("resources");
      ObjectNode entry = entry(all, type.plural(), type.kind(), type.namespaced());
      entry.put("singularName", type.kind().toLowerCase(Locale.ROOT));
      verbs(entry, "create delete deletecollection get list patch update watch");
      if (!type.shortName().isEmpty()) {
        entry.putArray("shortNames").add(type.shortName());
      }
      if (type.status()) {
        verbs(
            entry(all, type.plural() + "/status", type.kind(), type.namespaced()),
            "get patch update");
      }
    }
    return list;
  }

  private static JsonNode reviews(String apiVersion, String plural, String kind) {
    ObjectNode list = emptyList(apiVersion);
    verbs(entry((ArrayNode) list.get("resources"), plural, kind, false), "create");
    return list;
  }

  private static ObjectNode emptyList(String groupVersion) {
    ObjectNode list =
        Json.object()
            .put("kind", "APIResourceList")
            .put("apiVersion", "v1")
            .put("groupVersion", groupVersion);
    list.putArray("resources");
    return list;
  }

  private static ObjectNode entry(ArrayNode to, String name, String kind, boolean namespaced) {
    return to.addObject()
        .put("name", name)
        .put("singularName", "")
        .put("namespaced", namespaced)
        .put("kind", kind);
  }

  private static void verbs(ObjectNode entry, String verbs) {
    ArrayNode array = entry.putArray("verbs");
    for (String verb : verbs.split(" ", -1)) {
      array.add(verb);
    }
  }
}
