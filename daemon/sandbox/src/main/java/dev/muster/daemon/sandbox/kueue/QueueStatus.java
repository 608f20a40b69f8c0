package dev.muster.daemon.sandbox.kueue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.api.Operators;
import dev.muster.daemon.sandbox.controllers.Conditions;
import dev.muster.daemon.sandbox.controllers.Objects;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The status of local and cluster queues: who waits, who has quota, how much of it is used. */
final class QueueStatus {

  private final Objects objects;
  private final Operators operators;
  private final Queues queues;

  QueueStatus(Objects objects, Operators operators, Queues queues) {
    this.objects = objects;
    this.operators = operators;
    this.queues = queues;
  }

  /** Writes what has changed. */
  void update() {
    List<Workload> workloads = queues.workloads().filter(one -> !one.finished()).toList();
    for (StoredObject cluster : queues.all(ResourceType.CLUSTERQUEUES)) {
      cluster(cluster, workloads);
    }
    for (StoredObject local : queues.all(ResourceType.LOCALQUEUES)) {
      local(local, workloads);
    }
    queues.all(ResourceType.RESOURCEFLAVORS).stream()
        .filter(StoredObject::terminating)
        .filter(flavor -> !used(flavor.key().name()))
        .forEach(this::release);
  }

  private boolean used(String flavor) {
    return queues.all(ResourceType.CLUSTERQUEUES).stream()
        .anyMatch(cluster -> Queues.flavorsOf(cluster.tree()).contains(flavor));
  }

  private void release(StoredObject object) {
    operators.change(
        object.type(), object.key(), "kueue", tree -> Objects.removeFinalizer(tree, Names.IN_USE));
  }

  private boolean goesTo(Workload workload, String cluster) {
    return queues
        .local(workload.stored().key().namespace(), workload.queue())
        .filter(local -> local.at("/spec/clusterQueue").asText().equals(cluster))
        .isPresent();
  }

  private void cluster(StoredObject stored, List<Workload> all) {
    String name = stored.key().name();
    List<Workload> reserving = all.stream().filter(one -> one.clusterQueue().equals(name)).toList();
    // Kueue writes no status any more of one that is being deleted.
    if (stored.terminating()) {
      if (reserving.isEmpty()) {
        release(stored);
      }
      return;
    }
    long pending =
        all.stream().filter(one -> one.clusterQueue().isEmpty() && goesTo(one, name)).count();
    Optional<Map.Entry<String, String>> inactive = queues.inactive(stored.tree());
    objects.change(
        stored.type(),
        stored.key(),
        tree -> {
          ObjectNode status = Json.child(tree, "status");
          counts(status, pending, reserving);
          active(
              tree,
              inactive.isEmpty(),
              inactive.map(Map.Entry::getKey).orElse("Ready"),
              inactive.map(Map.Entry::getValue).orElse("Can admit new workloads"));
          status.set("flavorsReservation", usage(tree, reserving, true));
          status.set("flavorsUsage", usage(tree, admitted(reserving), true));
        });
  }

  private void local(StoredObject stored, List<Workload> all) {
    JsonNode queue = stored.tree();
    List<Workload> own =
        all.stream()
            .filter(one -> one.stored().key().namespace().equals(stored.key().namespace()))
            .filter(one -> one.queue().equals(stored.key().name()))
            .toList();
    List<Workload> reserving = own.stream().filter(one -> !one.clusterQueue().isEmpty()).toList();
    Optional<JsonNode> cluster = queues.cluster(queue.at("/spec/clusterQueue").asText());
    boolean open = Queues.open(queue);
    boolean ready = open && cluster.isPresent() && queues.inactive(cluster.get()).isEmpty();
    String reason =
        ready
            ? "Ready"
            : !open
                ? "Stopped"
                : cluster.isEmpty() ? "ClusterQueueDoesNotExist" : "ClusterQueueIsInactive";
    String message =
        ready
            ? "Can submit new workloads to localQueue"
            : open ? "Can't submit new workloads to clusterQueue" : "LocalQueue is stopped";
    objects.change(
        stored.type(),
        stored.key(),
        tree -> {
          ObjectNode status = Json.child(tree, "status");
          counts(status, open ? own.size() - reserving.size() : 0, reserving);
          active(tree, ready, reason, message);
          JsonNode quota = cluster.orElse(Json.object());
          status.set("flavors", flavors(quota));
          status.set("flavorsReservation", usage(quota, reserving, false));
          status.set("flavorUsage", usage(quota, admitted(reserving), false));
        });
  }

  private static List<Workload> admitted(List<Workload> reserving) {
    return reserving.stream().filter(Workload::admitted).toList();
  }

  private static void counts(ObjectNode status, long pending, List<Workload> reserving) {
    status.put("pendingWorkloads", (int) pending);
    status.put("reservingWorkloads", reserving.size());
    status.put("admittedWorkloads", admitted(reserving).size());
  }

  private void active(ObjectNode tree, boolean holds, String reason, String message) {
    new Conditions(Json.child(tree, "status"), objects.now())
        .set("Active", holds ? "True" : "False", reason, message)
        .put("observedGeneration", tree.at("/metadata/generation").asLong());
  }

  private static ArrayNode usage(JsonNode cluster, List<Workload> workloads, boolean borrowed) {
    Usage used = new Usage();
    workloads.forEach(used::add);
    ArrayNode result = Json.array();
    for (JsonNode group : cluster.at("/spec/resourceGroups")) {
      for (JsonNode flavor : group.path("flavors")) {
        String name = flavor.path("name").asText();
        ArrayNode resources = result.addObject().put("name", name).putArray("resources");
        for (JsonNode quota : flavor.path("resources")) {
          String resource = quota.path("name").asText();
          ObjectNode one = resources.addObject().put("name", resource);
          one.put("total", used.of(name, resource).toString());
          if (borrowed) {
            one.put("borrowed", "0");
          }
        }
      }
    }
    return result;
  }

  private ArrayNode flavors(JsonNode cluster) {
    Map<String, JsonNode> known = queues.flavors();
    ArrayNode result = Json.array();
    for (JsonNode group : cluster.at("/spec/resourceGroups")) {
      for (JsonNode flavor : group.path("flavors")) {
        String name = flavor.path("name").asText();
        ObjectNode one = result.addObject().put("name", name);
        ArrayNode resources = one.putArray("resources");
        flavor.path("resources").forEach(quota -> resources.add(quota.path("name").asText()));
        JsonNode labels = known.getOrDefault(name, Json.object()).at("/spec/nodeLabels");
        if (!labels.isEmpty()) {
          one.set("nodeLabels", labels.deepCopy());
        }
      }
    }
    return result;
  }
}
