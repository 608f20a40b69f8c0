package dev.muster.daemon.kubernetes.raycluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Column;
import dev.muster.daemon.core.Kind;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperNote;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.kinds.Stripped;
import java.time.Instant;
import java.util.List;
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

  public static final String TITLE = "RayCluster";

  public static final Resource RESOURCE =
      new Resource(
          COLUMNS,
          TITLE,
          "rayclusters",
          List.of("ray.io"),
          "KubeRay",
          "",
          (identity, cluster, observed) -> of(identity, cluster, Causes.NONE, observed));

  private RayClusterRow() {}

  /** One with nothing above it. */
  public static Row of(String identity, ObjectNode cluster, Causes causes, Instant observed) {
    return of(identity, cluster, causes, Above.NOTHING, observed);
  }

  /**
   * A wrapped cluster has its AppWrapper's uid: it stays the same one while the AppWrapper makes,
   * deletes and remakes the object.
   *
   * @param cluster the RayCluster; stripped in passing
   * @param observed when it was seen to be so
   */
  public static Row of(
      String identity, ObjectNode cluster, Causes causes, Above above, Instant observed) {
    Stripped.of(cluster);
    RayClusterState state = RayClusterState.of(cluster, causes, above);
    boolean exists = !Meta.uid(cluster).isEmpty();
    String word =
        exists || above.wrapper().isEmpty()
            ? cluster.path("status").path("state").asText("")
            : above.wrapper().get().word();
    String owner = Meta.owner(cluster);
    return new Row(
        Meta.key(identity, KIND, cluster),
        uid(cluster, above),
        Meta.version(cluster),
        state.state(),
        word,
        state.ready(),
        state.reason(),
        Meta.created(cluster),
        above.wrapper().isPresent() ? observed : changed(cluster, state, observed),
        observed,
        owner.isEmpty() ? above.wrapper().map(AppWrapperNote::owner).orElse("") : owner,
        Meta.labels(cluster),
        cells(cluster, state, word),
        Yaml.json(Details.of(cluster, above)),
        Yaml.json(cluster));
  }

  /** The uid of its row: that of the AppWrapper that owns it, else its own. */
  public static String uid(JsonNode cluster, Above above) {
    return Meta.controller(cluster)
        .filter(owner -> owner.path("kind").asText().equals(AppWrapperRow.TITLE))
        .map(owner -> owner.path("uid").asText(""))
        .orElseGet(
            () ->
                Meta.uid(cluster).isEmpty()
                    ? above.wrapper().map(AppWrapperNote::uid).orElse("")
                    : Meta.uid(cluster));
  }

  /** The object that a row was made of. */
  public static ObjectNode object(Row row) {
    return (ObjectNode) Yaml.fromJson(row.object());
  }

  /**
   * A cluster that is wrapped but does not exist, yet or any more: nothing of it that only a server
   * can say.
   */
  public static ObjectNode absent(ObjectNode cluster) {
    cluster.remove("status");
    if (cluster.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove(
          List.of(
              "uid",
              "resourceVersion",
              "generation",
              "deletionTimestamp",
              "deletionGracePeriodSeconds",
              "finalizers",
              "ownerReferences"));
    }
    return cluster;
  }

  /** A wrapped cluster as its AppWrapper describes it. */
  public static ObjectNode wrapped(ObjectNode template, JsonNode appWrapper) {
    ObjectNode cluster = absent(template.deepCopy());
    ((ObjectNode) cluster.path("metadata"))
        .put("namespace", Meta.namespace(appWrapper))
        .put("creationTimestamp", appWrapper.path("metadata").path("creationTimestamp").asText(""));
    return cluster;
  }

  /** When the state changed, as far as the server says. */
  private static Instant changed(JsonNode cluster, RayClusterState state, Instant otherwise) {
    JsonNode metadata = cluster.path("metadata");
    if (state.state() == State.TERMINATING) {
      return Meta.instant(metadata.path("deletionTimestamp"), otherwise);
    }
    if (!cluster.path("status").path("conditions").isEmpty()) {
      return Meta.changed(cluster, otherwise);
    }
    JsonNode times = cluster.path("status").path("stateTransitionTimes");
    String word = cluster.path("status").path("state").asText("");
    Instant stamped = Meta.instant(times.path(word), null);
    return stamped != null ? stamped : Meta.instant(metadata.path("creationTimestamp"), otherwise);
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
}
