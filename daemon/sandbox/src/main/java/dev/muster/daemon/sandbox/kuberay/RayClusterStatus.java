package dev.muster.daemon.sandbox.kuberay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.controllers.Conditions;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The status of a RayCluster as KubeRay 1.5.1 computes it from the cluster and its pods: {@code
 * calculateStatus} in ray-operator/controllers/ray/raycluster_controller.go.
 */
final class RayClusterStatus {

  private final JsonNode spec;
  private final ObjectNode old;
  private final ObjectNode status;
  private final Conditions conditions;
  private final List<JsonNode> pods;
  private final String now;

  private RayClusterStatus(JsonNode cluster, List<StoredObject> pods, String now) {
    this.spec = cluster.path("spec");
    this.old = cluster.path("status") instanceof ObjectNode present ? present : Json.object();
    this.status = old.deepCopy();
    this.conditions = new Conditions(status, now);
    this.pods = new ArrayList<>();
    pods.forEach(pod -> this.pods.add(pod.tree()));
    this.now = now;
  }

  /** What the status is to be now; equal to the old one but for its time when nothing changed. */
  static ObjectNode compute(
      JsonNode cluster, List<StoredObject> pods, boolean service, String now) {
    return new RayClusterStatus(cluster, pods, now).compute(cluster, service);
  }

  /** Whether anything but the times of the last update differs. */
  static boolean differs(JsonNode before, ObjectNode after) {
    ObjectNode one = before instanceof ObjectNode object ? object.deepCopy() : Json.object();
    ObjectNode other = Json.tree(Json.bytes(after));
    List<String> ignored = List.of("lastUpdateTime", "observedGeneration");
    return !one.remove(ignored).equals(other.remove(ignored));
  }

  private ObjectNode compute(JsonNode cluster, boolean service) {
    status.put("observedGeneration", cluster.at("/metadata/generation").asLong());
    replicas();
    DesiredResources.write(spec, status);
    if (pods.size() == status.path("desiredWorkerReplicas").asInt() + 1 && allRunning()) {
      status.put("state", "ready");
    }
    headCondition();
    Suspension suspension = Suspension.of(old);
    provisioned(suspension);
    suspension(suspension);
    if (spec.path("suspend").asBoolean() && pods.isEmpty()) {
      status.put("state", "suspended");
    }
    ObjectNode endpoints = status.putObject("endpoints");
    RayPods.ports(spec).forEach((name, port) -> endpoints.put(name, Integer.toString(port)));
    head(cluster.at("/metadata/name").asText(), service);
    status.put("lastUpdateTime", now);
    String state = status.path("state").asText("");
    if (!state.equals(old.path("state").asText(""))) {
      Json.child(status, "stateTransitionTimes").put(state, now);
    }
    return status;
  }

  private void replicas() {
    int desired = 0;
    int min = 0;
    int max = 0;
    for (JsonNode group : spec.path("workerGroupSpecs")) {
      if (!group.path("suspend").asBoolean()) {
        int hosts = group.path("numOfHosts").asInt(1);
        desired += WorkerGroups.desired(group);
        min += group.path("minReplicas").asInt() * hosts;
        max += group.path("maxReplicas").asInt() * hosts;
      }
    }
    int running = 0;
    int ready = 0;
    for (JsonNode pod : pods) {
      if (!isHead(pod)) {
        running += isRunning(pod) ? 1 : 0;
        ready += isRunning(pod) && "True".equals(readiness(pod).path("status").asText()) ? 1 : 0;
      }
    }
    count("desiredWorkerReplicas", desired);
    count("minWorkerReplicas", min);
    count("maxWorkerReplicas", max);
    count("availableWorkerReplicas", running);
    count("readyWorkerReplicas", ready);
  }

  /** A count of nothing is left out of the object. */
  private void count(String field, int value) {
    if (value == 0) {
      status.remove(field);
    } else {
      status.put(field, value);
    }
  }

  private boolean allRunning() {
    return !pods.isEmpty()
        && pods.stream()
            .allMatch(
                pod ->
                    isRunning(pod) && readiness(pod).path("status").asText("True").equals("True"));
  }

  private void headCondition() {
    JsonNode head = headPod();
    if (head == null) {
      conditions.set("HeadPodReady", "False", "HeadPodNotFound", "Head Pod not found");
      return;
    }
    JsonNode ready = readiness(head);
    String value = ready.path("status").asText("False");
    String reason = ready.path("reason").asText("");
    String message = ready.path("message").asText("");
    if (reason.isEmpty()) {
      reason = value.equals("True") ? "HeadPodRunningAndReady" : "Unknown";
    }
    if (reason.equals("ContainersNotReady")) {
      JsonNode waiting = head.at("/status/containerStatuses/0/state/waiting");
      if (!waiting.isMissingNode()) {
        String container = head.at("/status/containerStatuses/0/name").asText();
        reason = waiting.path("reason").asText();
        message += "; " + container + ": " + waiting.path("message").asText();
      }
    }
    conditions.set("HeadPodReady", value, reason, message);
  }

  private void provisioned(Suspension suspension) {
    if (conditions.holds("RayClusterProvisioned") || suspension == Suspension.SUSPENDED) {
      return;
    }
    if (allRunning()) {
      conditions.set(
          "RayClusterProvisioned",
          "True",
          "AllPodRunningAndReadyFirstTime",
          "All Ray Pods are ready for the first time");
    } else {
      conditions.set(
          "RayClusterProvisioned",
          "False",
          "RayClusterPodsProvisioning",
          "RayCluster Pods are being provisioned for first time");
    }
  }

  private void suspension(Suspension suspension) {
    boolean wanted = spec.path("suspend").asBoolean();
    switch (suspension) {
      case SUSPENDING -> {
        if (pods.isEmpty()) {
          conditions.set(
              "RayClusterProvisioned",
              "False",
              "RayClusterPodsProvisioning",
              "RayCluster has been suspended");
          conditions.set("RayClusterSuspending", "False", "RayClusterSuspending", "");
          conditions.set("RayClusterSuspended", "True", "RayClusterSuspended", "");
        }
      }
      case SUSPENDED -> {
        if (!wanted) {
          conditions.set("RayClusterSuspended", "False", "RayClusterSuspended", "");
        }
      }
      case NONE -> {
        conditions.set("RayClusterSuspended", "False", "RayClusterSuspended", "");
        conditions.set(
            "RayClusterSuspending", wanted ? "True" : "False", "RayClusterSuspending", "");
      }
    }
  }

  private void head(String cluster, boolean service) {
    ObjectNode head = status.putObject("head");
    JsonNode pod = headPod();
    if (pod != null) {
      head.put("podName", pod.at("/metadata/name").asText());
      String ip = pod.at("/status/podIP").asText("");
      if (!ip.isEmpty()) {
        // The service is headless: its address is the pod's.
        head.put("podIP", ip).put("serviceIP", ip);
      }
    }
    if (service) {
      head.put("serviceName", RayPods.serviceName(cluster));
    }
  }

  private JsonNode headPod() {
    return pods.stream().filter(RayClusterStatus::isHead).findFirst().orElse(null);
  }

  private static boolean isHead(JsonNode pod) {
    return pod.path("metadata").path("labels").path(RayPods.NODE_TYPE).asText().equals("head");
  }

  private static boolean isRunning(JsonNode pod) {
    return pod.at("/status/phase").asText().equals("Running");
  }

  private static JsonNode readiness(JsonNode pod) {
    for (JsonNode condition : pod.at("/status/conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition;
      }
    }
    return Json.object();
  }
}
