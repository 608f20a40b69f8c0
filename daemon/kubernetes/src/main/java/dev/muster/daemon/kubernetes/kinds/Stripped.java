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
    if (object.path("kind").asText("").equals("Secret")) {
      object.remove("data");
      object.remove("stringData");
    }
    environment(object);
    return object;
  }

  private static void environment(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (object.path("env") instanceof ArrayNode variables) {
        for (JsonNode variable : variables) {
          if (variable instanceof ObjectNode one) {
            one.remove("value");
          }
        }
      }
      object.forEach(Stripped::environment);
    } else if (node instanceof ArrayNode array) {
      array.forEach(Stripped::environment);
    }
  }
}
