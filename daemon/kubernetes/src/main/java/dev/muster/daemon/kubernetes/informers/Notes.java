package dev.muster.daemon.kubernetes.informers;

import dev.muster.daemon.kubernetes.appwrapper.AppWrapperNote;
import dev.muster.daemon.kubernetes.appwrapper.Wrapped;
import dev.muster.daemon.kubernetes.kueue.WorkloadNote;
import dev.muster.daemon.kubernetes.raycluster.Above;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What stands above clusters and jobs (AppWrappers, Workloads, local queues), and how wrapped
 * clusters are by themselves. Of one identity. Small notes, no objects. Safe for many threads.
 */
final class Notes {
  /** An object by namespace and name. */
  record Place(String namespace, String name) {}

  /** What a Workload can stand for: "AppWrapper/demo". */
  record Owner(String namespace, String name) {}

  private record Seen<T>(T note, Stamp stamp, Instant at) {
    /** It is still there. */
    Seen<T> again(Instant seen) {
      return new Seen<>(note, stamp, seen.isAfter(at) ? seen : at);
    }
  }

  private final Map<Place, Seen<AppWrapperNote>> wrappers = new HashMap<>();
  private final Map<Place, Place> wrapperOf = new HashMap<>();
  private final Map<Place, Seen<Wrapped>> wrapped = new HashMap<>();
  private final Map<Place, Seen<WorkloadNote>> workloads = new HashMap<>();
  private final Map<Owner, Place> workloadOf = new HashMap<>();
  private final Map<Place, Seen<String>> queues = new HashMap<>();
  private boolean clustersKnown;

  /**
   * An AppWrapper is like that now; answers with the clusters that it does not wrap any more.
   * Empty: more is known of it already.
   */
  synchronized Optional<Set<String>> wrapper(AppWrapperNote note, Stamp stamp, Instant seen) {
    Place place = new Place(note.namespace(), note.name());
    if (isLate(wrappers, place, stamp, seen)) {
      return Optional.empty();
    }
    Seen<AppWrapperNote> before = wrappers.put(place, new Seen<>(note, stamp, seen));
    Set<String> dropped = new HashSet<>(before == null ? Set.of() : before.note.clusters());
    dropped.removeAll(note.clusters());
    dropped.forEach(name -> wrapperOf.remove(new Place(note.namespace(), name), place));
    note.clusters().forEach(name -> wrapperOf.put(new Place(note.namespace(), name), place));
    return Optional.of(dropped);
  }

  /** An AppWrapper is gone; answers with how it was last. */
  synchronized Optional<AppWrapperNote> wrapperGone(String namespace, String name) {
    Place place = new Place(namespace, name);
    Seen<AppWrapperNote> before = wrappers.remove(place);
    if (before == null) {
      return Optional.empty();
    }
    before.note.clusters().forEach(c -> wrapperOf.remove(new Place(namespace, c), place));
    return Optional.of(before.note);
  }

  synchronized List<AppWrapperNote> wrappersNotSeenSince(String namespace, Instant started) {
    return stale(wrappers, namespace, started).stream()
        .map(place -> wrappers.get(place).note)
        .toList();
  }

  /** The AppWrapper that wraps that cluster. */
  synchronized Optional<AppWrapperNote> wrapperOf(Place cluster) {
    return Optional.ofNullable(wrapperOf.get(cluster)).map(wrappers::get).map(Seen::note);
  }

  synchronized Optional<AppWrapperNote> wrapper(String namespace, String name) {
    return Optional.ofNullable(wrappers.get(new Place(namespace, name))).map(Seen::note);
  }

  /** The clusters of that namespace, or of all, that are wrapped but do not exist. */
  synchronized List<Place> absent(String namespace) {
    return wrapperOf.keySet().stream()
        .filter(place -> namespace.isEmpty() || place.namespace.equals(namespace))
        .filter(place -> !wrapped.containsKey(place))
        .toList();
  }

  /**
   * A wrapped cluster exists; how it is by itself follows by {@link #inside(Place, Wrapped)}.
   *
   * @param first how it is unless something is known already
   */
  synchronized void exists(Place cluster, Wrapped first, Instant seen) {
    wrapped.merge(
        cluster, new Seen<>(first, Stamp.NONE, seen), (before, now) -> before.again(now.at));
  }

  /** A wrapped cluster is like that by itself, unless it is gone by now. */
  synchronized void inside(Place cluster, Wrapped how) {
    wrapped.computeIfPresent(cluster, (place, before) -> new Seen<>(how, Stamp.NONE, before.at));
  }

  synchronized void existsNoMore(Place cluster) {
    wrapped.remove(cluster);
  }

  synchronized boolean isThere(Place cluster) {
    return wrapped.containsKey(cluster);
  }

  synchronized void clustersNotSeenSince(String namespace, Instant started) {
    stale(wrapped, namespace, started).forEach(wrapped::remove);
  }

  /** How the first of these clusters is that exists. */
  synchronized Wrapped inside(String namespace, Collection<String> clusters) {
    return clusters.stream()
        .sorted()
        .map(name -> wrapped.get(new Place(namespace, name)))
        .filter(Objects::nonNull)
        .map(Seen::note)
        .findFirst()
        .orElse(clustersKnown ? Wrapped.ABSENT : Wrapped.NONE);
  }

  /**
   * A list of clusters has been read. Before that, one that is not known may well exist, and must
   * not be called absent.
   */
  synchronized void clustersAreKnown() {
    clustersKnown = true;
  }

  synchronized boolean clustersKnown() {
    return clustersKnown;
  }

  /** A Workload is like that now; answers with what that may concern. */
  synchronized Set<Owner> workload(WorkloadNote note, Stamp stamp, Instant seen) {
    Place place = new Place(note.namespace(), note.name());
    if (isLate(workloads, place, stamp, seen)) {
      return Set.of();
    }
    Seen<WorkloadNote> before = workloads.put(place, new Seen<>(note, stamp, seen));
    if (before != null && before.note.equals(note)) {
      return Set.of();
    }
    Set<Owner> concerned = new HashSet<>();
    if (before != null) {
      concerned.addAll(unlink(before.note, place));
    }
    if (!note.owner().isEmpty()) {
      Owner owner = new Owner(note.namespace(), note.owner());
      workloadOf.put(owner, place);
      concerned.add(owner);
    }
    return concerned;
  }

  synchronized Set<Owner> workloadGone(String namespace, String name) {
    Place place = new Place(namespace, name);
    Seen<WorkloadNote> before = workloads.remove(place);
    return before == null ? Set.of() : unlink(before.note, place);
  }

  private Set<Owner> unlink(WorkloadNote note, Place place) {
    Owner owner = new Owner(note.namespace(), note.owner());
    return workloadOf.remove(owner, place) ? Set.of(owner) : Set.of();
  }

  synchronized Set<Owner> workloadsNotSeenSince(String namespace, Instant started) {
    Set<Owner> concerned = new HashSet<>();
    stale(workloads, namespace, started)
        .forEach(place -> concerned.addAll(workloadGone(place.namespace, place.name)));
    return concerned;
  }

  /** Kueue's Workload of that owner ("RayCluster/demo"). */
  synchronized WorkloadNote workloadOf(String namespace, String owner) {
    Place place = workloadOf.get(new Owner(namespace, owner));
    return place == null ? WorkloadNote.NONE : workloads.get(place).note;
  }

  /** What a Workload of that name stands for. */
  synchronized Optional<Owner> ownerOf(String namespace, String workload) {
    return Optional.ofNullable(workloads.get(new Place(namespace, workload)))
        .map(seen -> new Owner(namespace, seen.note.owner()));
  }

  /** What is wrong with a local queue (empty: nothing); answers with what waits in it. */
  synchronized Set<Owner> queue(
      String namespace, String name, String trouble, Stamp stamp, Instant seen) {
    Place queue = new Place(namespace, name);
    if (isLate(queues, queue, stamp, seen)) {
      return Set.of();
    }
    Seen<String> before = queues.put(queue, new Seen<>(trouble, stamp, seen));
    if (trouble.equals(before == null ? "" : before.note)) {
      return Set.of();
    }
    Set<Owner> waiting = new HashSet<>();
    workloadOf.forEach(
        (owner, place) -> {
          WorkloadNote note = workloads.get(place).note;
          if (note.pending() && note.queue().equals(name) && note.namespace().equals(namespace)) {
            waiting.add(owner);
          }
        });
    return waiting;
  }

  /** Everything that stands above that cluster. */
  synchronized Above above(String namespace, String cluster) {
    Optional<AppWrapperNote> wrapper = wrapperOf(new Place(namespace, cluster));
    WorkloadNote workload =
        workloadOf(
            namespace,
            wrapper.map(AppWrapperNote::owner).orElse(RayClusterRow.TITLE + "/" + cluster));
    String queue =
        workload.queue().isEmpty()
            ? wrapper.map(AppWrapperNote::queue).orElse("")
            : workload.queue();
    return new Above(wrapper, workload, trouble(new Place(namespace, queue)));
  }

  private String trouble(Place queue) {
    Seen<String> seen = queues.get(queue);
    return seen == null ? "" : seen.note;
  }

  /** Whether more is known already; that it is still there is noted all the same. */
  private static <T> boolean isLate(
      Map<Place, Seen<T>> of, Place place, Stamp stamp, Instant seen) {
    Seen<T> known = of.get(place);
    boolean late = known != null && stamp.isOlderThan(known.stamp);
    if (late) {
      of.put(place, known.again(seen));
    }
    return late;
  }

  private static <T> List<Place> stale(Map<Place, Seen<T>> of, String namespace, Instant started) {
    return of.entrySet().stream()
        .filter(e -> namespace.isEmpty() || e.getKey().namespace.equals(namespace))
        .filter(e -> e.getValue().at.isBefore(started))
        .map(Map.Entry::getKey)
        .toList();
  }
}
