package dev.muster.daemon.kubernetes.raycluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Column;
import dev.muster.daemon.core.Key;
import dev.muster.daemon.core.Kind;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.Yaml;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A RayCluster as a row of the cache. */
public final class RayClusterRow {
  public static final String KIND = "raycluster";

  public static final Kind COLUMNS =
      new Kind(
          KIND,
          true,
          List.of(
              new Column("NAME", false),
              new Column("NAMESPACE", false),
              new Column("STATE", false),
              new Column("READY", false),
              new Column("DESIRED WORKERS", false),
              new Column("AVAILABLE WORKERS", false),
              new Column("CPUS", false),
              new Column("GPUS", false),
              new Column("TPUS", false),
              new Column("MEMORY", false),
              new Column("CONDITION", true),
              new Column("STATUS", true),
              new Column("REASON", true)));

  private RayClusterRow() {}

  /**
   * @param cluster the RayCluster; stripped in passing
   * @param observed when it was seen to be so
   */
  public static Row of(String identity, ObjectNode cluster, Causes causes, Instant observed) {
    Stripped.of(cluster);
    JsonNode metadata = cluster.path("metadata");
    RayClusterState state = RayClusterState.of(cluster, causes);
    String word = cluster.path("status").path("state").asText("");
    return new Row(
        new Key(
            identity,
            KIND,
            metadata.path("namespace").asText(""),
            metadata.path("name").asText("")),
        metadata.path("uid").asText(""),
        metadata.path("resourceVersion").asText(""),
        state.state(),
        word,
        state.ready(),
        state.reason(),
        instant(metadata.path("creationTimestamp")),
        changed(cluster, state, observed),
        observed,
        owner(metadata),
        labels(metadata),
        cells(cluster, state, word),
        Yaml.json(Details.of(cluster)),
        Yaml.json(cluster));
  }

  /**
   * The same row, its state computed anew from its object because what belongs to it has changed.
   */
  public static Row again(Row row, Causes causes) {
    return of(
        row.key().identity(), (ObjectNode) Yaml.fromJson(row.object()), causes, row.observed());
  }

  /** When the state changed, as far as the server says. */
  private static Instant changed(JsonNode cluster, RayClusterState state, Instant otherwise) {
    JsonNode metadata = cluster.path("metadata");
    if (state.state() == State.TERMINATING) {
      return instant(metadata.path("deletionTimestamp"), otherwise);
    }
    Instant latest = null;
    for (JsonNode condition : cluster.path("status").path("conditions")) {
      Instant at = instant(condition.path("lastTransitionTime"), null);
      latest = at != null && (latest == null || at.isAfter(latest)) ? at : latest;
    }
    if (latest != null) {
      return latest;
    }
    JsonNode times = cluster.path("status").path("stateTransitionTimes");
    String word = cluster.path("status").path("state").asText("");
    Instant stamped = instant(times.path(word), null);
    return stamped != null ? stamped : instant(metadata.path("creationTimestamp"), otherwise);
  }

  private static String owner(JsonNode metadata) {
    for (JsonNode owner : metadata.path("ownerReferences")) {
      if (owner.path("controller").asBoolean()) {
        return owner.path("kind").asText() + "/" + owner.path("name").asText();
      }
    }
    return "";
  }

  static String labels(JsonNode metadata) {
    return metadata.path("labels").properties().stream()
        .map(label -> label.getKey() + "=" + label.getValue().asText())
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static String cells(JsonNode cluster, RayClusterState state, String word) {
    Workers workers = Workers.of(cluster);
    Requested requested = Requested.of(cluster);
    return String.join(
        "\t",
        cluster.path("metadata").path("name").asText(""),
        cluster.path("metadata").path("namespace").asText(""),
        state.state().name(),
        state.ready() ? "yes" : "no",
        Long.toString(workers.desired()),
        Long.toString(workers.available()),
        requested.cpu(),
        requested.gpu(),
        requested.tpu(),
        requested.memory(),
        condition(cluster.path("status")),
        word,
        state.reason().replaceAll("\\s+", " "));
  }

  /**
   * The condition that came last of those that hold, which is what KubeRay's own kubectl plugin
   * shows.
   */
  private static String condition(JsonNode status) {
    return StreamSupport.stream(status.path("conditions").spliterator(), false)
        .filter(c -> c.path("status").asText("").equals("True"))
        .reduce(
            (a, b) ->
                b.path("lastTransitionTime")
                            .asText("")
                            .compareTo(a.path("lastTransitionTime").asText(""))
                        >= 0
                    ? b
                    : a)
        .map(c -> c.path("type").asText(""))
        .orElse("");
  }

  static Instant instant(JsonNode node) {
    return instant(node, Instant.EPOCH);
  }

  private static Instant instant(JsonNode node, Instant otherwise) {
    try {
      return node.isTextual() ? Instant.parse(node.asText()) : otherwise;
    } catch (DateTimeParseException e) {
      return otherwise;
    }
  }
}
