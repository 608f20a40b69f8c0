package dev.muster.daemon.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ResourceType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
          case "/apis/authorization.k8s.io" -> group("authorization.k8s.io", "v1");
          case "/apis/authorization.k8s.io/v1" ->
              reviews(
                  "authorization.k8s.io/v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview");
          case "/apis/authentication.k8s.io" -> group("authentication.k8s.io", "v1");
          case "/apis/authentication.k8s.io/v1" ->
              reviews("authentication.k8s.io/v1", "selfsubjectreviews", "SelfSubjectReview");
          default -> custom(path);
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
    Map<String, String> versions = new TreeMap<>();
    versions.put("authentication.k8s.io", "v1");
    versions.put("authorization.k8s.io", "v1");
    resources
        .served()
        .filter(ResourceType::custom)
        .forEach(type -> versions.put(type.group(), type.version()));
    versions.forEach(
        (name, version) -> {
          ObjectNode group = group(name, version);
          group.remove(List.of("kind", "apiVersion"));
          groups.add(group);
        });
    return list;
  }

  /** A group of custom resources, or one of its versions; null when there is none of that name. */
  private JsonNode custom(String path) {
    String[] parts = path.split("/", -1);
    if (parts.length < 3 || !parts[1].equals("apis")) {
      return null;
    }
    String version = parts.length > 3 ? parts[3] : "";
    boolean whole = parts.length == 3 || (parts.length == 4 && version.isEmpty());
    if (whole) {
      return resources
          .served()
          .filter(type -> type.custom() && type.group().equals(parts[2]))
          .findFirst()
          .map(type -> group(type.group(), type.version()))
          .orElse(null);
    }
    boolean one = parts.length == 4 || (parts.length == 5 && parts[4].isEmpty());
    return one ? resourceList(parts[2], version) : null;
  }

  private static ObjectNode group(String name, String served) {
    ObjectNode group =
        Json.object().put("kind", "APIGroup").put("apiVersion", "v1").put("name", name);
    ObjectNode version =
        Json.object().put("groupVersion", name + "/" + served).put("version", served);
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
      if (!type.shortNames().isEmpty()) {
        type.shortNames().forEach(entry.putArray("shortNames")::add);
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
