package dev.muster.daemon.kubernetes.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.muster.daemon.core.Key;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.stream.Collectors;

/** What all objects of API servers have in common, read leniently: what is not there is empty. */
public final class Meta {
  /** Names the local queue of whatever Kueue manages. */
  public static final String QUEUE = "kueue.x-k8s.io/queue-name";

  private Meta() {}

  public static String name(JsonNode object) {
    return object.path("metadata").path("name").asText("");
  }

  public static String namespace(JsonNode object) {
    return object.path("metadata").path("namespace").asText("");
  }

  public static String uid(JsonNode object) {
    return object.path("metadata").path("uid").asText("");
  }

  public static String version(JsonNode object) {
    return object.path("metadata").path("resourceVersion").asText("");
  }

  public static String queue(JsonNode object) {
    return object.path("metadata").path("labels").path(QUEUE).asText("");
  }

  public static Instant created(JsonNode object) {
    return instant(object.path("metadata").path("creationTimestamp"));
  }

  public static boolean deleting(JsonNode object) {
    return object.path("metadata").hasNonNull("deletionTimestamp");
  }

  public static Key key(String identity, String kind, JsonNode object) {
    return new Key(identity, kind, namespace(object), name(object));
  }

  /** The owner that made it, if one did. */
  public static Optional<JsonNode> controller(JsonNode object) {
    for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
      if (owner.path("controller").asBoolean()) {
        return Optional.of(owner);
      }
    }
    return Optional.empty();
  }

  /** "KIND/NAME" of the owner that made it; empty for none. */
  public static String owner(JsonNode object) {
    return controller(object)
        .map(owner -> owner.path("kind").asText() + "/" + owner.path("name").asText())
        .orElse("");
  }

  /** "k=v" lines, sorted. */
  public static String labels(JsonNode object) {
    return object.path("metadata").path("labels").properties().stream()
        .map(label -> label.getKey() + "=" + label.getValue().asText())
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  /** Of the status's conditions, the one of that type. */
  public static Optional<JsonNode> condition(JsonNode status, String type) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText("").equals(type)) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  public static boolean isTrue(JsonNode status, String type) {
    return is(status, type, "True");
  }

  public static boolean is(JsonNode status, String type, String value) {
    return condition(status, type)
        .map(c -> c.path("status").asText("").equals(value))
        .orElse(false);
  }

  /** When a condition changed last; otherwise when the object was made. */
  public static Instant changed(JsonNode object, Instant otherwise) {
    if (deleting(object)) {
      return instant(object.path("metadata").path("deletionTimestamp"), otherwise);
    }
    Instant latest = null;
    for (JsonNode condition : object.path("status").path("conditions")) {
      Instant at = instant(condition.path("lastTransitionTime"), null);
      latest = at != null && (latest == null || at.isAfter(latest)) ? at : latest;
    }
    return latest != null
        ? latest
        : instant(object.path("metadata").path("creationTimestamp"), otherwise);
  }

  /** The conditions as the documented record has them. */
  public static void conditions(JsonNode status, ArrayNode into) {
    for (JsonNode condition : status.path("conditions")) {
      into.addObject()
          .put("type", condition.path("type").asText(""))
          .put("status", condition.path("status").asText(""))
          .put("reason", condition.path("reason").asText(""))
          .put("message", condition.path("message").asText(""))
          .put("since", condition.path("lastTransitionTime").asText(""));
    }
  }

  public static Instant instant(JsonNode node) {
    return instant(node, Instant.EPOCH);
  }

  public static Instant instant(JsonNode node, Instant otherwise) {
    try {
      return node.isTextual() ? Instant.parse(node.asText()) : otherwise;
    } catch (DateTimeParseException e) {
      return otherwise;
    }
  }

  /** "REASON: MESSAGE" on one line. */
  public static String join(String reason, String message) {
    String text = line(message);
    if (reason.isEmpty()) {
      return text;
    }
    return text.isEmpty() || text.equals(reason) ? reason : reason + ": " + text;
  }

  /** A text of several lines as one. */
  public static String line(String text) {
    return text.strip().replaceAll("\\s*[\\r\\n\\t]+\\s*", " ");
  }

  /** Why something that is being deleted is still there. */
  public static String deletion(JsonNode object) {
    JsonNode finalizers = object.path("metadata").path("finalizers");
    if (finalizers.isEmpty()) {
      return "being deleted";
    }
    String first = finalizers.get(0).asText();
    return first.equals("foregroundDeletion")
        ? "being deleted, after its pods"
        : "being deleted; waiting for " + first;
  }
}
