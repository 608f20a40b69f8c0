package dev.muster.daemon.sandbox.kueue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.controllers.Conditions;
import dev.muster.daemon.sandbox.controllers.Objects;
import dev.muster.daemon.sandbox.controllers.Quantity;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.util.List;
import java.util.Map;

/**
 * One Workload in Kueue's hands. Conditions and their texts are those of pkg/workload of Kueue
 * 0.12.3.
 */
final class Workload {

  private static final String QUOTA = "QuotaReserved";
  private static final String ADMITTED = "Admitted";
  private static final String EVICTED = "Evicted";
  private static final String FINISHED = "Finished";
  private static final String REQUEUED = "Requeued";

  /** The reason of an eviction because "spec.active" is false. */
  static final String DEACTIVATED = "Deactivated";

  private final Objects objects;
  private final StoredObject stored;
  private final ObjectNode tree;
  private final ObjectNode status;

  Workload(Objects objects, StoredObject stored) {
    this.objects = objects;
    this.stored = stored;
    this.tree = stored.tree();
    this.status = Json.child(tree, "status");
  }

  StoredObject stored() {
    return stored;
  }

  ObjectNode tree() {
    return tree;
  }

  String queue() {
    return tree.at("/spec/queueName").asText("");
  }

  int priority() {
    return tree.at("/spec/priority").asInt();
  }

  boolean active() {
    return tree.at("/spec/active").asBoolean(true);
  }

  String created() {
    return tree.at("/metadata/creationTimestamp").asText();
  }

  List<PodSet> podSets() {
    return PodSet.of(tree);
  }

  boolean finished() {
    return Conditions.holds(status, FINISHED);
  }

  boolean reserved() {
    return Conditions.holds(status, QUOTA);
  }

  boolean admitted() {
    return Conditions.holds(status, ADMITTED);
  }

  boolean evicted() {
    return Conditions.holds(status, EVICTED);
  }

  /** Why it was evicted. */
  String eviction() {
    return Conditions.find(status, EVICTED).path("message").asText();
  }

  String evictionReason() {
    return Conditions.find(status, EVICTED).path("reason").asText();
  }

  /** The cluster queue that it has quota in, empty when it has none. */
  String clusterQueue() {
    return status.at("/admission/clusterQueue").asText("");
  }

  JsonNode assignments() {
    return status.at("/admission/podSetAssignments");
  }

  void admit(String clusterQueue, ArrayNode assignments) {
    ObjectNode admission = status.putObject("admission").put("clusterQueue", clusterQueue);
    admission.set("podSetAssignments", assignments);
    status.remove("resourceRequests");
    set(QUOTA, true, QUOTA, "Quota reserved in ClusterQueue " + clusterQueue);
    set(ADMITTED, true, ADMITTED, "The workload is admitted");
    if (evicted()) {
      set(EVICTED, false, QUOTA, "Previously: " + eviction());
    }
    save();
  }

  /**
   * Says why it has no quota.
   *
   * @return whether that is news
   */
  boolean pending(String reason, String message) {
    ObjectNode before = status.deepCopy();
    status.remove("admission");
    set(QUOTA, false, reason, message);
    if (admitted()) {
      set(ADMITTED, false, "NoReservation", "The workload has no reservation");
    }
    if (status.equals(before)) {
      return false;
    }
    save();
    return true;
  }

  /** Writes down what it asks for, as long as it has no quota. */
  void requests(List<PodSet> podSets) {
    ArrayNode requests = status.putArray("resourceRequests");
    for (PodSet set : podSets) {
      ObjectNode resources = requests.addObject().put("name", set.name()).putObject("resources");
      for (Map.Entry<String, Quantity> one : set.requests().entrySet()) {
        resources.put(one.getKey(), one.getValue().toString());
      }
    }
  }

  void evict(String reason, String message) {
    set(EVICTED, true, reason, message);
    save();
  }

  void requeued(boolean again, String reason, String message) {
    set(REQUEUED, again, reason, message);
  }

  /** It is active: says so if it was evicted because it was not. */
  void reactivate() {
    JsonNode requeued = Conditions.find(status, REQUEUED);
    if (requeued != null
        && requeued.path("status").asText().equals("False")
        && requeued.path("reason").asText().equals(DEACTIVATED)) {
      requeued(true, "Reactivated", "The workload was reactivated");
      save();
    }
  }

  void finish(boolean success, String message) {
    set(FINISHED, true, success ? "Succeeded" : "Failed", message);
    save();
  }

  private void set(String type, boolean holds, String reason, String message) {
    new Conditions(status, objects.now())
        .set(type, holds ? "True" : "False", reason, message)
        .put("observedGeneration", tree.at("/metadata/generation").asLong());
  }

  private void save() {
    objects.change(
        ResourceType.WORKLOADS,
        stored.key(),
        now -> {
          if (now.at("/metadata/uid").asText().equals(stored.uid())) {
            now.set("status", status.deepCopy());
          }
        });
  }
}
