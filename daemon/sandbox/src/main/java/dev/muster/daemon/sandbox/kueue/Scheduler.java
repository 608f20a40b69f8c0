package dev.muster.daemon.sandbox.kueue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.sandbox.controllers.EventRecorder;
import dev.muster.daemon.sandbox.store.Change;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hands out quota: in the order of priority and age, each cluster queue for itself; those that do
 * not fit wait, and let others pass unless the queue is strict.
 */
final class Scheduler {

  private static final String COMPONENT = "kueue-admission";

  private final Queues queues;
  private final EventRecorder events;

  /** When workloads came, by uid: their times are whole seconds. */
  private final Map<String, Long> arrivals = new ConcurrentHashMap<>();

  Scheduler(Queues queues, EventRecorder events) {
    this.queues = queues;
    this.events = events;
  }

  /** A workload was written. */
  void changed(Change change) {
    StoredObject workload = change.after();
    if (change.deleted()) {
      arrivals.remove(workload.uid());
    } else {
      arrivals.putIfAbsent(workload.uid(), workload.version());
    }
  }

  /** Looks at every workload once. */
  void cycle() {
    List<Workload> waiting = new ArrayList<>();
    for (Workload workload : queues.workloads().toList()) {
      if (workload.finished() || workload.stored().terminating()) {
        continue;
      }
      if (!workload.active()) {
        evict(workload, Workload.DEACTIVATED, "The workload is deactivated");
        continue;
      }
      workload.reactivate();
      if (workload.reserved()) {
        checkQueues(workload);
      } else if (!workload.evicted() || workload.clusterQueue().isEmpty()) {
        waiting.add(workload);
      }
    }
    waiting.sort(
        Comparator.comparing(Workload::priority)
            .reversed()
            .thenComparing(Workload::created)
            .thenComparing(one -> arrivals.getOrDefault(one.stored().uid(), Long.MAX_VALUE)));
    Set<String> blocked = new HashSet<>();
    for (Workload workload : waiting) {
      schedule(workload, blocked);
    }
  }

  private static void evict(Workload workload, String reason, String message) {
    if (!workload.evicted()) {
      workload.evict(reason, message);
    }
  }

  /** Takes the quota back when a queue is drained. */
  private void checkQueues(Workload workload) {
    Optional<JsonNode> local = queues.local(workload.stored().key().namespace(), workload.queue());
    Optional<JsonNode> cluster = queues.cluster(workload.clusterQueue());
    if (local.isPresent() && Queues.draining(local.get())) {
      evict(workload, "LocalQueueStopped", "The LocalQueue is stopped");
    } else if (cluster.isPresent() && Queues.draining(cluster.get())) {
      evict(workload, "ClusterQueueStopped", "The ClusterQueue is stopped");
    }
  }

  private void schedule(Workload workload, Set<String> blocked) {
    String namespace = workload.stored().key().namespace();
    Optional<JsonNode> local = queues.local(namespace, workload.queue());
    if (local.isEmpty()) {
      inadmissible(workload, "LocalQueue %s doesn't exist".formatted(workload.queue()));
      return;
    }
    if (!Queues.open(local.get())) {
      inadmissible(workload, "LocalQueue %s is inactive".formatted(workload.queue()));
      return;
    }
    String name = local.get().at("/spec/clusterQueue").asText();
    Optional<JsonNode> cluster = queues.cluster(name);
    if (cluster.isEmpty()) {
      inadmissible(workload, "ClusterQueue %s doesn't exist".formatted(name));
    } else if (queues.inactive(cluster.get()).isPresent()) {
      inadmissible(workload, "ClusterQueue %s is inactive".formatted(name));
    } else if (!queues.serves(cluster.get(), namespace)) {
      wait(workload, "Workload namespace doesn't match ClusterQueue selector");
    } else if (!blocked.contains(name) && !admit(workload, name, cluster.get())) {
      if (cluster.get().at("/spec/queueingStrategy").asText().equals("StrictFIFO")) {
        blocked.add(name);
      }
    }
  }

  private static void inadmissible(Workload workload, String message) {
    workload.pending("Inadmissible", message);
  }

  private boolean admit(Workload workload, String name, JsonNode cluster) {
    Usage taken = new Usage();
    queues
        .workloads()
        .filter(other -> !other.finished() && other.clusterQueue().equals(name))
        .forEach(taken::add);
    Assignment assignment = new Assignment(cluster, queues.flavors(), taken).of(workload.podSets());
    if (!assignment.fits()) {
      wait(workload, assignment.message());
      return false;
    }
    workload.admit(name, assignment.json());
    events.normal(
        workload.stored(),
        COMPONENT,
        "QuotaReserved",
        "Quota reserved in ClusterQueue %s, wait time since queued was 0s".formatted(name));
    events.normal(
        workload.stored(),
        COMPONENT,
        "Admitted",
        "Admitted by ClusterQueue %s, wait time since reservation was 0s".formatted(name));
    return true;
  }

  private void wait(Workload workload, String message) {
    workload.requests(workload.podSets());
    if (workload.pending("Pending", message)) {
      events.warning(workload.stored(), COMPONENT, "Pending", message);
    }
  }

  /** Of these kinds a change may make room or take it away. */
  static boolean concerns(ResourceType type) {
    return type.equals(ResourceType.WORKLOADS)
        || type.equals(ResourceType.LOCALQUEUES)
        || type.equals(ResourceType.CLUSTERQUEUES)
        || type.equals(ResourceType.RESOURCEFLAVORS);
  }
}
