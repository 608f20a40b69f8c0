package dev.muster.daemon.kubernetes.informers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.CacheWriter;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperNote;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.informers.Notes.Owner;
import dev.muster.daemon.kubernetes.informers.Notes.Place;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.kueue.LocalQueueRow;
import dev.muster.daemon.kubernetes.kueue.WorkloadNote;
import dev.muster.daemon.kubernetes.kueue.WorkloadRow;
import dev.muster.daemon.kubernetes.raycluster.Above;
import dev.muster.daemon.kubernetes.raycluster.Causes;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import dev.muster.daemon.kubernetes.rayjob.RayJobRow;
import java.time.Instant;
import java.util.Set;

/**
 * The rows of one identity on their way into the cache. Whoever sees something first (a watch, or a
 * write's answer) writes it here, and what a row depends on makes the row anew.
 */
public final class Rows {
  private final Ledger ledger;
  private final Wrappings wrappings;
  private final Companions companions;
  private final CacheWriter writer;
  private final String identity;

  Rows(String identity, CacheWriter writer) {
    this(identity, writer, new Belongings());
  }

  private Rows(String identity, CacheWriter writer, Belongings belongings) {
    this.identity = identity;
    this.writer = writer;
    this.ledger = new Ledger(identity, writer, belongings);
    this.wrappings = new Wrappings(ledger);
    this.companions = new Companions(ledger);
  }

  /**
   * For one answer past the cache: it knows what is known of pods and events, and of what stands
   * above clusters only what it is told by {@link #note}.
   */
  public Rows aside() {
    return new Rows(identity, writer, ledger.belongings);
  }

  /** Takes note of an object for other rows' sake, without writing anything. */
  public void note(Resource resource, JsonNode object, Instant seen) {
    switch (resource.name()) {
      case AppWrapperRow.KIND ->
          ledger.notes.wrapper(AppWrapperNote.of(object), Stamp.of(object), seen);
      case WorkloadRow.KIND, LocalQueueRow.KIND -> concerned(resource, object, seen);
      case RayClusterRow.KIND -> {
        if (Ledger.isWrapped(object)) {
          Place place = new Place(Meta.namespace(object), Meta.name(object));
          Causes causes = ledger.causes(place, Meta.created(object));
          ledger.notes.exists(place, ledger.alone(object, causes), seen);
        }
      }
      default -> {
        // Nothing depends on it.
      }
    }
  }

  String identity() {
    return identity;
  }

  CacheWriter writer() {
    return writer;
  }

  /** What the pods and warnings of this identity come in by. */
  Companions companions() {
    return companions;
  }

  /** All clusters have been taken note of: one that was not does not exist. */
  public void clustersAreKnown() {
    ledger.notes.clustersAreKnown();
  }

  /** What is known to stand above that cluster. */
  public Above above(String namespace, String cluster) {
    return ledger.notes.above(namespace, cluster);
  }

  /** Kueue's Workload of that owner ("RayCluster/demo"). */
  public WorkloadNote workloadOf(String namespace, String owner) {
    return ledger.notes.workloadOf(namespace, owner);
  }

  /** Whether an AppWrapper made that cluster. */
  public static boolean isWrapped(JsonNode cluster) {
    return Ledger.isWrapped(cluster);
  }

  /** An object as a row, with what is known around it; not written. */
  public Row row(Resource resource, ObjectNode object, Instant observed) {
    return switch (resource.name()) {
      case RayClusterRow.KIND -> ledger.row(object, observed);
      case AppWrapperRow.KIND -> wrappings.row(object, observed);
      case RayJobRow.KIND ->
          RayJobRow.of(
              identity,
              object,
              ledger.notes.workloadOf(
                  Meta.namespace(object), RayJobRow.TITLE + "/" + Meta.name(object)),
              observed);
      default -> resource.projector().row(identity, object, observed);
    };
  }

  /** What the pods and events of a cluster say. */
  public Causes causes(String namespace, String cluster, Instant created) {
    return ledger.causes(new Place(namespace, cluster), created);
  }

  /**
   * The sequence number by which it will be visible. What is known to be deleted stays so: a
   * write's answer can come after the watch has told the end of the story.
   */
  public long put(Resource resource, ObjectNode object, Instant observed) {
    return switch (resource.name()) {
      case RayClusterRow.KIND -> cluster(object, observed);
      case AppWrapperRow.KIND -> wrappings.put(object, observed);
      default ->
          ledger.inOrder(
              () -> {
                if (ledger.isDeleted(object)) {
                  return writer.lastEnqueued();
                }
                ledger.recomputeOwners(concerned(resource, object, observed));
                Row row = row(resource, object, observed);
                return resource.name().equals(RayJobRow.KIND)
                    ? writer.put(row, ledger.latest(Meta.namespace(object), Meta.name(object)))
                    : writer.put(row);
              });
    };
  }

  private Set<Owner> concerned(Resource resource, JsonNode object, Instant observed) {
    return switch (resource.name()) {
      case WorkloadRow.KIND ->
          ledger.notes.workload(WorkloadNote.of(object), Stamp.of(object), observed);
      case LocalQueueRow.KIND ->
          ledger.notes.queue(
              Meta.namespace(object),
              Meta.name(object),
              LocalQueueRow.trouble(object),
              Stamp.of(object),
              observed);
      default -> Set.of();
    };
  }

  /** The sequence number by which it will be gone. */
  public long gone(Resource resource, JsonNode object, Instant at) {
    String namespace = Meta.namespace(object);
    String name = Meta.name(object);
    return switch (resource.name()) {
      case RayClusterRow.KIND -> clusterGone(object, at);
      case AppWrapperRow.KIND -> wrappings.gone(object, at);
      default ->
          ledger.inOrder(
              () -> {
                ledger.deleted(Meta.uid(object));
                if (resource.name().equals(WorkloadRow.KIND)) {
                  ledger.recomputeOwners(ledger.notes.workloadGone(namespace, name));
                } else if (resource.name().equals(LocalQueueRow.KIND)) {
                  ledger.recomputeOwners(
                      ledger.notes.queue(namespace, name, "it was deleted", Stamp.of(object), at));
                }
                return writer.remove(
                    Meta.key(identity, resource.name(), object), Meta.uid(object), at);
              });
    };
  }

  /** All of that kind have been put that there were after that time. */
  long listed(Resource resource, String namespace, Instant started, Instant now) {
    return switch (resource.name()) {
      case AppWrapperRow.KIND -> wrappings.listed(namespace, started);
      case RayClusterRow.KIND ->
          ledger.inOrder(
              () -> {
                wrappings.clustersListed(namespace, started, now);
                return writer.sweep(identity, RayClusterRow.KIND, namespace, started);
              });
      default ->
          ledger.inOrder(
              () -> {
                if (resource.name().equals(WorkloadRow.KIND)) {
                  ledger.recomputeOwners(ledger.notes.workloadsNotSeenSince(namespace, started));
                }
                return writer.sweep(identity, resource.name(), namespace, started);
              });
    };
  }

  long cluster(ObjectNode cluster, Instant observed) {
    return ledger.inOrder(
        () -> {
          if (ledger.isDeleted(cluster)) {
            return writer.lastEnqueued();
          }
          Place place = new Place(Meta.namespace(cluster), Meta.name(cluster));
          if (!Ledger.isWrapped(cluster)) {
            return ledger.put(cluster, observed);
          }
          Causes causes = ledger.causes(place, Meta.created(cluster));
          ledger.notes.exists(place, ledger.alone(cluster, causes), observed);
          ledger.put(cluster, observed);
          // How it is by itself is noted in the writer's thread, so that the latest counts.
          ledger.recompute(place);
          return writer.lastEnqueued();
        });
  }

  private long clusterGone(JsonNode cluster, Instant at) {
    Place place = new Place(Meta.namespace(cluster), Meta.name(cluster));
    String owner = Ledger.isWrapped(cluster) ? Ledger.maker(cluster) : Meta.uid(cluster);
    return gone(place, Meta.uid(cluster), owner, at);
  }

  private long gone(Place place, String uid, String rowUid, Instant at) {
    return ledger.inOrder(
        () -> {
          ledger.deleted(uid);
          return wrappings.clusterGone(place, uid, rowUid, at);
        });
  }
}
