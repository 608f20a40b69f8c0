package dev.muster.daemon.kubernetes.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Takes out of an object what must not be stored (values of environment variables can be secrets)
 * or is never read.
 */
public final class Stripped {
  private Stripped() {}

  /** Changes the object itself, and returns it. */
  public static ObjectNode of(ObjectNode object) {
    if (object.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove("managedFields");
      if (metadata.path("annotations") instanceof ObjectNode annotations) {
        annotations.remove("kubectl.kubernetes.io/last-applied-configuration");
      }
    }
    secrets(object);
    return object;
  }

  /** At any depth: an AppWrapper holds whole objects, a RayCluster templates of pods. */
  private static void secrets(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (object.path("kind").asText("").equals("Secret")) {
        object.remove("data");
        object.remove("stringData");
      }
      if (object.path("kind").asText("").equals("RayJob")
          && object.path("spec") instanceof ObjectNode spec) {
        spec.remove("runtimeEnvYAML");
      }
      if (object.path("env") instanceof ArrayNode variables) {
        for (JsonNode variable : variables) {
          if (variable instanceof ObjectNode one) {
            one.remove("value");
          }
        }
      }
      object.forEach(Stripped::secrets);
    } else if (node instanceof ArrayNode array) {
      array.forEach(Stripped::secrets);
    }
  }
}
