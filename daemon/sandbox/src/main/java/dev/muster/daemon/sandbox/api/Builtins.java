package dev.muster.daemon.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.schema.Cause;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** What the server itself knows about its own kinds; as much of it as clients of muster meet. */
final class Builtins {

  /** Fills in what a new object of that kind begins with. */
  void prepare(ResourceType type, ObjectNode tree) {
    switch (type.plural()) {
      case "namespaces" -> {
        ObjectNode metadata = Json.child(tree, "metadata");
        Json.child(metadata, "labels")
            .put("kubernetes.io/metadata.name", metadata.path("name").asText());
        Json.child(tree, "spec").putArray("finalizers").add("kubernetes");
        tree.putObject("status").put("phase", "Active");
      }
      case "pods" -> {
        ObjectNode spec = Json.child(tree, "spec");
        putIfAbsent(spec, "restartPolicy", "Always");
        putIfAbsent(spec, "schedulerName", "default-scheduler");
        if (!spec.has("terminationGracePeriodSeconds")) {
          spec.put("terminationGracePeriodSeconds", 30);
        }
        tree.putObject("status").put("phase", "Pending").put("qosClass", "Burstable");
      }
      case "services" -> {
        putIfAbsent(Json.child(tree, "spec"), "type", "ClusterIP");
        tree.putObject("status").putObject("loadBalancer");
      }
      case "secrets" -> {
        putIfAbsent(tree, "type", "Opaque");
        encodeStringData(tree);
      }
      default -> {
        // Nothing to add.
      }
    }
  }

  private static void encodeStringData(ObjectNode secret) {
    JsonNode plain = secret.remove("stringData");
    if (plain == null) {
      return;
    }
    ObjectNode data = Json.child(secret, "data");
    for (Map.Entry<String, String> entry : Json.strings(plain).entrySet()) {
      byte[] value = entry.getValue().getBytes(StandardCharsets.UTF_8);
      data.put(entry.getKey(), Base64.getEncoder().encodeToString(value));
    }
  }

  private static void putIfAbsent(ObjectNode object, String field, String value) {
    if (!object.has(field)) {
      object.put(field, value);
    }
  }

  /** Fields that an update may leave out. */
  void keep(ResourceType type, ObjectNode tree, JsonNode before) {
    if (type.equals(ResourceType.SECRETS)) {
      encodeStringData(tree);
      putIfAbsent(tree, "type", before.path("type").asText());
    }
  }

  /** A pod's containers are fixed but for their images. */
  void checkUpdate(ResourceType type, ObjectNode tree, JsonNode before) {
    if (type.equals(ResourceType.PODS) && !fixed(tree).equals(fixed(before))) {
      throw Failures.invalid(
          type,
          tree.path("metadata").path("name").asText(),
          List.of(
              Cause.forbidden(
                  "spec",
                  "pod updates may not change fields other than `spec.containers[*].image`,"
                      + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
                      + "`spec.tolerations` (only additions to existing tolerations),"
                      + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was"
                      + " previously negative)")));
    }
  }

  private static JsonNode fixed(JsonNode pod) {
    ObjectNode spec = Json.tree(Json.bytes(pod.path("spec")));
    spec.remove("tolerations");
    spec.remove("activeDeadlineSeconds");
    for (JsonNode container : spec.path("containers")) {
      ((ObjectNode) container).remove("image");
    }
    return spec;
  }
}
