package dev.muster.daemon.sandbox.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The conditions of a status. An old one keeps its place and, while its value stays, its time.
 *
 * @param status of the object, or of a part of it
 * @param now the time of changes
 */
public record Conditions(ObjectNode status, String now) {

  /** The condition of that type, null when there is none. */
  public static ObjectNode find(JsonNode status, String type) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return (ObjectNode) condition;
      }
    }
    return null;
  }

  /** Whether the condition is there and True. */
  public static boolean holds(JsonNode status, String type) {
    ObjectNode found = find(status, type);
    return found != null && found.path("status").asText().equals("True");
  }

  public boolean holds(String type) {
    return holds(status, type);
  }

  /** Sets a condition and gives it, for what else belongs into it. */
  public ObjectNode set(String type, String value, String reason, String message) {
    ObjectNode condition = find(status, type);
    if (condition == null) {
      ArrayNode all =
          status.path("conditions") instanceof ArrayNode old ? old : status.putArray("conditions");
      condition = all.addObject().put("type", type);
    }
    if (!condition.path("status").asText().equals(value)) {
      condition.put("status", value).put("lastTransitionTime", now);
    }
    return condition.put("reason", reason).put("message", message);
  }

  /** Makes a condition False when it is there and True. */
  public void clear(String type, String reason, String message) {
    if (holds(type)) {
      set(type, "False", reason, message);
    }
  }
}
