package dev.muster.daemon.kubernetes.informers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.CacheWriter;
import dev.muster.daemon.core.Key;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.informers.Belongings.Cluster;
import dev.muster.daemon.kubernetes.raycluster.EventRow;
import dev.muster.daemon.kubernetes.raycluster.PodNote;
import dev.muster.daemon.kubernetes.raycluster.PodRow;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The rows of one identity on their way into the cache. Whoever sees something first (a watch, or a
 * write's answer) writes it here, and what belongs to a cluster makes the cluster's row anew.
 */
public final class Rows {
  /**
   * How many deleted clusters are remembered: an answer is late by milliseconds, not by thousands.
   */
  private static final int REMEMBERED = 1_000;

  private final String identity;
  private final CacheWriter writer;
  private final Belongings belongings = new Belongings();

  /**
   * Held from reading what belongs to a cluster until its row is enqueued, so that no older reason
   * overtakes a newer one. The writer's own thread never takes it: enqueueing may wait for that
   * thread.
   */
  private final ReentrantLock order = new ReentrantLock();

  /** The uids of clusters that are gone, the latest last; guarded by {@link #order}. */
  private final LinkedHashSet<String> deleted = new LinkedHashSet<>();

  Rows(String identity, CacheWriter writer) {
    this.identity = identity;
    this.writer = writer;
  }

  String identity() {
    return identity;
  }

  /** A RayCluster as a row, with what is known of its pods and events; not written. */
  public Row row(ObjectNode cluster, Instant observed) {
    JsonNode metadata = cluster.path("metadata");
    Cluster key =
        new Cluster(metadata.path("namespace").asText(""), metadata.path("name").asText(""));
    return RayClusterRow.of(identity, cluster, belongings.causes(key, created(metadata)), observed);
  }

  /**
   * The sequence number by which it will be visible. What is known to be deleted stays so: a
   * write's answer can come after the watch has told the end of the story.
   */
  public long cluster(ObjectNode cluster, Instant observed) {
    order.lock();
    try {
      return deleted.contains(cluster.path("metadata").path("uid").asText(""))
          ? writer.lastEnqueued()
          : writer.put(row(cluster, observed));
    } finally {
      order.unlock();
    }
  }

  /** The sequence number by which it will be gone. */
  public long clusterGone(String namespace, String name, String uid, Instant at) {
    order.lock();
    try {
      deleted.add(uid);
      if (deleted.size() > REMEMBERED) {
        deleted.removeFirst();
      }
      return writer.remove(new Key(identity, RayClusterRow.KIND, namespace, name), uid, at);
    } finally {
      order.unlock();
    }
  }

  void pod(ObjectNode pod, Instant observed) {
    JsonNode metadata = pod.path("metadata");
    PodNote note = PodNote.of(pod);
    writer.put(PodRow.of(identity, pod, note, observed));
    changing(
        () ->
            belongings.pod(
                metadata.path("namespace").asText(""),
                metadata.path("name").asText(""),
                note,
                observed));
  }

  void podGone(JsonNode pod, Instant at) {
    JsonNode metadata = pod.path("metadata");
    String namespace = metadata.path("namespace").asText("");
    String name = metadata.path("name").asText("");
    writer.remove(
        new Key(identity, PodRow.KIND, namespace, name), metadata.path("uid").asText(""), at);
    changing(() -> belongings.podGone(namespace, name));
  }

  long podsListed(String namespace, Instant started) {
    changing(() -> belongings.podsNotSeenSince(namespace, started));
    return writer.sweep(identity, PodRow.KIND, namespace, started);
  }

  /** A warning; ignored unless it is about a RayCluster or a pod of one. */
  void event(JsonNode event, Instant observed) {
    JsonNode about = event.path("involvedObject");
    Key key = EventRow.key(identity, event);
    Optional<String> cluster =
        switch (about.path("kind").asText("")) {
          case "RayCluster" -> Optional.of(about.path("name").asText(""));
          case "Pod" -> belongings.clusterOf(key.namespace(), about.path("name").asText(""));
          default -> Optional.empty();
        };
    if (cluster.isEmpty()) {
      return;
    }
    Cluster concerned = new Cluster(key.namespace(), cluster.get());
    changing(
        () -> {
          boolean newest =
              belongings.warning(
                  concerned,
                  key.name(),
                  EventRow.text(event),
                  event.path("metadata").path("uid").asText(""),
                  EventRow.at(event),
                  observed);
          if (newest) {
            writer.put(EventRow.of(identity, event, cluster.get(), observed));
          }
          return newest ? Set.of(concerned) : Set.of();
        });
  }

  void eventGone(JsonNode event, Instant at) {
    String uid = event.path("metadata").path("uid").asText("");
    changing(
        () -> {
          Set<Cluster> concerned = belongings.warningGone(uid);
          if (!concerned.isEmpty()) {
            writer.remove(EventRow.key(identity, event), uid, at);
          }
          return concerned;
        });
  }

  long eventsListed(String namespace, Instant started) {
    changing(() -> belongings.warningsNotSeenSince(namespace, started));
    return writer.sweep(identity, EventRow.KIND, namespace, started);
  }

  private void changing(Supplier<Set<Cluster>> change) {
    order.lock();
    try {
      recompute(change.get());
    } finally {
      order.unlock();
    }
  }

  private void recompute(Set<Cluster> clusters) {
    for (Cluster cluster : clusters) {
      writer.recompute(
          new Key(identity, RayClusterRow.KIND, cluster.namespace(), cluster.name()),
          (row, owned) ->
              row == null
                  ? null
                  : RayClusterRow.again(row, belongings.causes(cluster, row.created())));
    }
  }

  private static Instant created(JsonNode metadata) {
    String text = metadata.path("creationTimestamp").asText("");
    return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
  }
}
