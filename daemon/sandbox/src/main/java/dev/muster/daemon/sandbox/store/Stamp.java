package dev.muster.daemon.sandbox.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** The metadata that the server owns: uid, times and generation. */
public final class Stamp {

  private final Clock clock;

  public Stamp(Clock clock) {
    this.clock = clock;
  }

  /** The time as Kubernetes writes it, in whole seconds. */
  public String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** The time after that many seconds, for graceful deletions. */
  public String in(long seconds) {
    return clock.instant().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Makes a tree a new object: what a caller may have put there himself is overwritten. */
  public void created(ResourceType type, ObjectNode tree) {
    ObjectNode metadata = Json.child(tree, "metadata");
    metadata.put("uid", UUID.randomUUID().toString()).put("creationTimestamp", now());
    metadata.remove("resourceVersion");
    metadata.remove("deletionTimestamp");
    metadata.remove("deletionGracePeriodSeconds");
    if (type.generation()) {
      metadata.put("generation", 1);
    } else {
      metadata.remove("generation");
    }
  }

  /** Carries over what an update cannot change, and counts the generation when the spec changed. */
  public void updated(ResourceType type, ObjectNode tree, JsonNode before) {
    ObjectNode metadata = Json.child(tree, "metadata");
    JsonNode old = before.path("metadata");
    for (String field :
        new String[] {
          "uid",
          "creationTimestamp",
          "generation",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "resourceVersion"
        }) {
      metadata.remove(field);
      if (old.has(field)) {
        metadata.set(field, old.get(field));
      }
    }
    if (type.generation() && !withoutMetadata(tree).equals(withoutMetadata(before))) {
      metadata.put("generation", old.path("generation").asLong() + 1);
    }
  }

  private static ObjectNode withoutMetadata(JsonNode tree) {
    ObjectNode copy = Json.tree(Json.bytes(tree));
    copy.remove("metadata");
    copy.remove("status");
    return copy;
  }
}
