package dev.muster.daemon.kubernetes.informers;

import dev.muster.daemon.kubernetes.raycluster.Causes;
import dev.muster.daemon.kubernetes.raycluster.PodNote;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is wrong with the pods of each cluster, and the last warning about each: only what is wrong,
 * so that ten thousand healthy clusters cost nothing but their pods' names. Of one identity. Safe
 * for many threads.
 */
final class Belongings {
  /** A cluster by namespace and name. */
  record Cluster(String namespace, String name) {}

  private record Pod(PodNote note, Instant seen) {}

  private record Warning(Cluster cluster, String text, String uid, Instant at, Instant seen) {}

  private final Map<Cluster, Pod> pods = new HashMap<>();
  private final Map<Cluster, TreeMap<String, PodNote>> troubled = new HashMap<>();
  private final Map<Cluster, Map<String, Warning>> warnings = new HashMap<>();

  /** The cluster whose reason may have changed by that; empty if nothing has. */
  synchronized Set<Cluster> pod(String namespace, String name, PodNote note, Instant seen) {
    Pod before = pods.put(new Cluster(namespace, name), new Pod(note, seen));
    Cluster cluster = new Cluster(namespace, note.cluster());
    if (before != null && before.note.equals(note)) {
      return Set.of();
    }
    TreeMap<String, PodNote> trouble = troubled.get(cluster);
    PodNote told = trouble == null ? null : trouble.get(name);
    if (note.problem().isEmpty()) {
      return told == null ? Set.of() : calm(cluster, name);
    }
    troubled.computeIfAbsent(cluster, c -> new TreeMap<>()).put(name, note);
    return Set.of(cluster);
  }

  synchronized Set<Cluster> podGone(String namespace, String name) {
    Pod before = pods.remove(new Cluster(namespace, name));
    if (before == null) {
      return Set.of();
    }
    Cluster cluster = new Cluster(namespace, before.note.cluster());
    Set<Cluster> changed = calm(cluster, name);
    Map<String, Warning> told = warnings.get(cluster);
    if (told != null && told.remove("pod/" + name) != null) {
      changed = Set.of(cluster);
    }
    return changed;
  }

  private Set<Cluster> calm(Cluster cluster, String pod) {
    TreeMap<String, PodNote> trouble = troubled.get(cluster);
    if (trouble == null || trouble.remove(pod) == null) {
      return Set.of();
    }
    if (trouble.isEmpty()) {
      troubled.remove(cluster);
    }
    return Set.of(cluster);
  }

  /** The pods that a full list did not confirm. */
  synchronized Set<Cluster> podsNotSeenSince(String namespace, Instant started) {
    Set<Cluster> changed = new HashSet<>();
    List<Cluster> gone =
        pods.entrySet().stream()
            .filter(e -> namespace.isEmpty() || e.getKey().namespace.equals(namespace))
            .filter(e -> e.getValue().seen.isBefore(started))
            .map(Map.Entry::getKey)
            .toList();
    gone.forEach(pod -> changed.addAll(podGone(pod.namespace, pod.name)));
    return changed;
  }

  /** The cluster that a pod is part of, if it is part of one. */
  synchronized Optional<String> clusterOf(String namespace, String pod) {
    return Optional.ofNullable(pods.get(new Cluster(namespace, pod))).map(p -> p.note.cluster());
  }

  /**
   * Whether that warning is at least as new as the one known about the same object; if so it is
   * kept.
   */
  synchronized boolean warning(
      Cluster cluster, String about, String text, String uid, Instant at, Instant seen) {
    Map<String, Warning> told = warnings.computeIfAbsent(cluster, c -> new HashMap<>());
    Warning known = told.get(about);
    if (known != null && known.at.isAfter(at)) {
      return false;
    }
    told.put(about, new Warning(cluster, text, uid, at, seen));
    return true;
  }

  /** The cluster it was about, if it is the one that was kept. */
  synchronized Set<Cluster> warningGone(String uid) {
    for (Map<String, Warning> told : warnings.values()) {
      for (Map.Entry<String, Warning> entry : told.entrySet()) {
        if (entry.getValue().uid.equals(uid)) {
          told.remove(entry.getKey());
          return Set.of(entry.getValue().cluster);
        }
      }
    }
    return Set.of();
  }

  synchronized Set<Cluster> warningsNotSeenSince(String namespace, Instant started) {
    Set<Cluster> changed = new HashSet<>();
    warnings.forEach(
        (cluster, told) -> {
          if ((namespace.isEmpty() || cluster.namespace.equals(namespace))
              && told.values().removeIf(warning -> warning.seen.isBefore(started))) {
            changed.add(cluster);
          }
        });
    warnings.values().removeIf(Map::isEmpty);
    return changed;
  }

  /**
   * @param created when the cluster was made: what was said before that is about another of the
   *     same name
   */
  synchronized Causes causes(Cluster cluster, Instant created) {
    TreeMap<String, PodNote> trouble = troubled.getOrDefault(cluster, new TreeMap<>());
    String head = "";
    String worker = "";
    int workers = 0;
    for (Map.Entry<String, PodNote> entry : trouble.entrySet()) {
      if (entry.getValue().head()) {
        head = "head pod " + entry.getKey() + ": " + entry.getValue().problem();
      } else {
        worker =
            worker.isEmpty()
                ? "worker pod " + entry.getKey() + ": " + entry.getValue().problem()
                : worker;
        workers++;
      }
    }
    String warning =
        warnings.getOrDefault(cluster, Map.of()).values().stream()
            .filter(w -> !w.at.isBefore(created))
            .max(Comparator.comparing(Warning::at))
            .map(Warning::text)
            .orElse("");
    return head.isEmpty() && worker.isEmpty() && Objects.equals(warning, "")
        ? Causes.NONE
        : new Causes(head, worker, Math.max(0, workers - 1), warning);
  }
}
