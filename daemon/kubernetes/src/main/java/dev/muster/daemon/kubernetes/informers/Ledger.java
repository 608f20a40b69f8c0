package dev.muster.daemon.kubernetes.informers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.CacheWriter;
import dev.muster.daemon.core.Key;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.appwrapper.Wrapped;
import dev.muster.daemon.kubernetes.informers.Belongings.Cluster;
import dev.muster.daemon.kubernetes.informers.Notes.Owner;
import dev.muster.daemon.kubernetes.informers.Notes.Place;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kueue.WorkloadNote;
import dev.muster.daemon.kubernetes.raycluster.Above;
import dev.muster.daemon.kubernetes.raycluster.Causes;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import dev.muster.daemon.kubernetes.raycluster.RayClusterState;
import dev.muster.daemon.kubernetes.rayjob.RayJobRow;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What is known of one identity beside the rows themselves, and how a row is made anew when
 * something that it depends on changes: a cluster's by its pods, events, AppWrapper, Workload and
 * queue; an AppWrapper's by its Workload and its cluster; a job's by its Workload.
 */
final class Ledger {
  /**
   * How many deleted objects are remembered: an answer is late by milliseconds, not by thousands.
   */
  private static final int REMEMBERED = 1_000;

  final String identity;
  final CacheWriter writer;
  final Belongings belongings;
  final Notes notes = new Notes();

  /**
   * Held from reading what belongs to a row until the row is enqueued, so that no older reason
   * overtakes a newer one. The writer's own thread never takes it: enqueueing may wait for that
   * thread.
   */
  private final ReentrantLock order = new ReentrantLock();

  /** The uids of objects that are gone, the latest last; guarded by itself. */
  private final LinkedHashSet<String> deleted = new LinkedHashSet<>();

  Ledger(String identity, CacheWriter writer, Belongings belongings) {
    this.identity = identity;
    this.writer = writer;
    this.belongings = belongings;
  }

  <T> T inOrder(Supplier<T> work) {
    order.lock();
    try {
      return work.get();
    } finally {
      order.unlock();
    }
  }

  /** Whether it is known to be gone for good. */
  boolean isDeleted(JsonNode object) {
    return isDeleted(Meta.uid(object));
  }

  private boolean isDeleted(String uid) {
    synchronized (deleted) {
      return deleted.contains(uid);
    }
  }

  /** It is gone for good; only {@link #inOrder}. */
  void deleted(String uid) {
    synchronized (deleted) {
      if (!uid.isEmpty()) {
        deleted.add(uid);
      }
      if (deleted.size() > REMEMBERED) {
        deleted.removeFirst();
      }
    }
  }

  Key cluster(Place place) {
    return new Key(identity, RayClusterRow.KIND, place.namespace(), place.name());
  }

  /** A RayCluster as a row, with what is known around it; not written. */
  Row row(ObjectNode cluster, Instant observed) {
    Place place = new Place(Meta.namespace(cluster), Meta.name(cluster));
    Causes causes = causes(place, Meta.created(cluster));
    Above above = above(place, !Meta.uid(cluster).isEmpty(), maker(cluster));
    return RayClusterRow.of(identity, cluster, causes, above, observed);
  }

  /**
   * Writes it, with what is known around it by the time it is written.
   *
   * @return the sequence number by which it will be visible
   */
  long put(ObjectNode cluster, Instant observed) {
    Place place = new Place(Meta.namespace(cluster), Meta.name(cluster));
    String maker = maker(cluster);
    Causes causes = causes(place, Meta.created(cluster));
    Above above = above(place, true, maker);
    Row first = RayClusterRow.of(identity, cluster, causes, above, observed);
    return writer.put(
        first,
        row -> {
          boolean same =
              above.equals(above(place, true, maker))
                  && causes.equals(causes(place, row.created()));
          return same ? row : row(RayClusterRow.object(row), row.observed());
        });
  }

  /**
   * The same for the writer's thread, where more may be known by now than when it was asked for:
   * null for a cluster that does not exist and that nothing wraps any more.
   */
  Row known(ObjectNode cluster, Instant observed) {
    // What wraps it can go at any moment, so it is looked at once: a row of nothing would stay.
    Row row = row(cluster, observed);
    if (row.uid().isEmpty()) {
      return null;
    }
    if (isWrapped(cluster)) {
      Place place = new Place(Meta.namespace(cluster), Meta.name(cluster));
      notes.inside(place, alone(cluster, causes(place, Meta.created(cluster))));
    }
    return row;
  }

  /** Makes the row of a RayJob anew if its Workload is not the one that it was made with. */
  UnaryOperator<Row> latest(String namespace, String job) {
    String owner = RayJobRow.TITLE + "/" + job;
    WorkloadNote then = notes.workloadOf(namespace, owner);
    return row -> {
      WorkloadNote now = notes.workloadOf(namespace, owner);
      return now.equals(then) ? row : RayJobRow.again(row, now);
    };
  }

  /** How a cluster is without what stands above it. */
  Wrapped alone(JsonNode cluster, Causes causes) {
    RayClusterState own = RayClusterState.of(cluster, causes);
    return new Wrapped(own.state(), own.ready(), own.reason());
  }

  Causes causes(Place cluster, Instant created) {
    return belongings.causes(new Cluster(cluster.namespace(), cluster.name()), created);
  }

  /**
   * An AppWrapper stands above what it made itself or is still to make, not above a namesake.
   *
   * @param maker the uid of the AppWrapper that made it; empty for none
   */
  private Above above(Place place, boolean exists, String maker) {
    Above above = notes.above(place.namespace(), place.name());
    if (above.wrapper().isEmpty()) {
      return isDeleted(maker) ? above.orphan() : above;
    }
    boolean namesake = exists && maker.isEmpty();
    return namesake
        ? new Above(
            Optional.empty(),
            notes.workloadOf(place.namespace(), RayClusterRow.TITLE + "/" + place.name()),
            "")
        : above;
  }

  /** The uid of the AppWrapper that made it; empty for none. */
  static String maker(JsonNode cluster) {
    return isWrapped(cluster)
        ? Meta.controller(cluster).map(owner -> owner.path("uid").asText("")).orElse("")
        : "";
  }

  static boolean isWrapped(JsonNode cluster) {
    return AppWrapperRow.RESOURCE.nameOf(Meta.owner(cluster)).isPresent();
  }

  /** Makes the cluster's row anew, and then that of the AppWrapper around it. */
  void recompute(Place cluster) {
    writer.recompute(
        cluster(cluster),
        (row, owned) -> row == null ? null : known(RayClusterRow.object(row), row.observed()));
    notes
        .wrapperOf(cluster)
        .ifPresent(wrapper -> recomputeWrapper(new Place(wrapper.namespace(), wrapper.name())));
  }

  void recomputeWrapper(Place wrapper) {
    writer.recompute(
        new Key(identity, AppWrapperRow.KIND, wrapper.namespace(), wrapper.name()),
        (row, owned) ->
            notes
                .wrapper(wrapper.namespace(), wrapper.name())
                .filter(note -> row != null)
                .map(
                    note ->
                        AppWrapperRow.again(
                            row,
                            notes.workloadOf(note.namespace(), note.owner()),
                            notes.inside(note.namespace(), note.clusters())))
                .orElse(null));
  }

  void recomputeClusters(Set<Cluster> clusters) {
    clusters.forEach(cluster -> recompute(new Place(cluster.namespace(), cluster.name())));
  }

  /** Makes the rows anew of what a Workload stands for. */
  void recomputeOwners(Set<Owner> owners) {
    for (Owner owner : owners) {
      String name = owner.name().substring(owner.name().indexOf('/') + 1);
      Place place = new Place(owner.namespace(), name);
      if (owner.name().startsWith(RayClusterRow.TITLE + "/")) {
        recompute(place);
      } else if (owner.name().startsWith(AppWrapperRow.TITLE + "/")) {
        notes
            .wrapper(owner.namespace(), name)
            .ifPresent(
                wrapper ->
                    wrapper.clusters().forEach(c -> recompute(new Place(owner.namespace(), c))));
        recomputeWrapper(place);
      } else if (owner.name().startsWith(RayJobRow.TITLE + "/")) {
        writer.recompute(
            new Key(identity, RayJobRow.KIND, owner.namespace(), name),
            (row, owned) ->
                row == null
                    ? null
                    : RayJobRow.again(row, notes.workloadOf(owner.namespace(), owner.name())));
      }
    }
  }
}
