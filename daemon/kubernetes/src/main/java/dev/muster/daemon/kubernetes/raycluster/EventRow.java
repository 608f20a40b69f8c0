package dev.muster.daemon.kubernetes.raycluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.core.Key;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.kinds.Meta;
import java.time.Instant;

/** The newest warning about one object, as a row that belongs to the cluster that it concerns. */
public final class EventRow {
  public static final String KIND = "event";

  private EventRow() {}

  /** One row an object: its name is "pod/NAME" or "raycluster/NAME". */
  public static Key key(String identity, JsonNode event) {
    JsonNode object = event.path("involvedObject");
    return new Key(
        identity,
        KIND,
        object.path("namespace").asText(event.path("metadata").path("namespace").asText("")),
        object.path("kind").asText("").toLowerCase(java.util.Locale.ROOT)
            + "/"
            + object.path("name").asText(""));
  }

  public static Row of(String identity, JsonNode event, String cluster, Instant observed) {
    Key key = key(identity, event);
    String reason = event.path("reason").asText("");
    return new Row(
        key,
        event.path("metadata").path("uid").asText(""),
        event.path("metadata").path("resourceVersion").asText(""),
        State.UNKNOWN,
        event.path("type").asText(""),
        false,
        text(event),
        at(event),
        at(event),
        observed,
        RayClusterRow.KIND + "/" + cluster,
        "",
        key.name() + "\t" + key.namespace() + "\t" + reason,
        Yaml.json(Yaml.JSON.createObjectNode().put("count", count(event))),
        "{}");
  }

  /** "REASON: MESSAGE". */
  public static String text(JsonNode event) {
    return Meta.join(event.path("reason").asText(""), event.path("message").asText(""));
  }

  /** When it happened last: events.k8s.io and the older core/v1 keep that in different fields. */
  public static Instant at(JsonNode event) {
    for (JsonNode node :
        new JsonNode[] {
          event.path("series").path("lastObservedTime"),
          event.path("lastTimestamp"),
          event.path("eventTime"),
          event.path("metadata").path("creationTimestamp")
        }) {
      Instant at = Meta.instant(node);
      if (!at.equals(Instant.EPOCH)) {
        return at;
      }
    }
    return Instant.EPOCH;
  }

  private static int count(JsonNode event) {
    return Math.max(
        1, Math.max(event.path("count").asInt(1), event.path("series").path("count").asInt(1)));
  }
}
