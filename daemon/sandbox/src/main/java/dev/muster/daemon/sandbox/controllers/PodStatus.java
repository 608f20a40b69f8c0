package dev.muster.daemon.sandbox.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.store.Json;
import java.util.ArrayList;
import java.util.List;

/** The parts of a pod's status that scheduler and kubelet write. */
final class PodStatus {

  private final ObjectNode pod;
  private final ObjectNode status;
  private final String now;

  /**
   * @param now the time of this change
   */
  PodStatus(ObjectNode pod, String now) {
    this.pod = pod;
    this.status = Json.child(pod, "status");
    this.now = now;
  }

  void scheduled(String node) {
    Json.child(pod, "spec").put("nodeName", node);
    condition("PodScheduled", true, "", "");
  }

  void unschedulable(String message) {
    condition("PodScheduled", false, "Unschedulable", message);
  }

  void running(String ip, String hostIp) {
    status.put("phase", "Running").put("podIP", ip).put("hostIP", hostIp).put("startTime", now);
    status.putArray("podIPs").addObject().put("ip", ip);
    condition("Initialized", true, "", "");
    condition("Ready", true, "", "");
    condition("ContainersReady", true, "", "");
    ArrayNode containers = status.putArray("containerStatuses");
    for (JsonNode container : pod.at("/spec/containers")) {
      ObjectNode one = container(containers, container, true);
      one.put("imageID", "").put("containerID", "simulated://" + container.path("name").asText());
      one.putObject("state").putObject("running").put("startedAt", now);
    }
  }

  /** All containers have ended, with that exit code each. */
  void ended(int code) {
    String phase = code == 0 ? "Succeeded" : "Failed";
    status.put("phase", phase);
    for (JsonNode one : status.path("containerStatuses")) {
      ObjectNode container = (ObjectNode) one;
      String started = one.at("/state/running/startedAt").asText(now);
      container.put("ready", false).put("started", false);
      container
          .putObject("state")
          .putObject("terminated")
          .put("containerID", one.path("containerID").asText())
          .put("exitCode", code)
          .put("finishedAt", now)
          .put("reason", code == 0 ? "Completed" : "Error")
          .put("startedAt", started);
    }
    String reason = code == 0 ? "PodCompleted" : "PodFailed";
    condition("Ready", false, reason, "");
    condition("ContainersReady", false, reason, "");
  }

  /** No container runs, and that is why. */
  void waiting(String reason, String message) {
    status.put("phase", "Pending").put("startTime", status.path("startTime").asText(now));
    List<String> names = new ArrayList<>();
    ArrayNode containers = status.putArray("containerStatuses");
    for (JsonNode container : pod.at("/spec/containers")) {
      names.add(container.path("name").asText());
      ObjectNode one = container(containers, container, false);
      one.put("imageID", "");
      one.putObject("state").putObject("waiting").put("message", message).put("reason", reason);
    }
    String unready = "containers with unready status: [" + String.join(" ", names) + "]";
    condition("Initialized", true, "", "");
    condition("Ready", false, "ContainersNotReady", unready);
    condition("ContainersReady", false, "ContainersNotReady", unready);
  }

  private static ObjectNode container(ArrayNode to, JsonNode spec, boolean running) {
    ObjectNode one = to.addObject();
    one.put("name", spec.path("name").asText()).put("image", spec.path("image").asText());
    one.put("ready", running).put("started", running).put("restartCount", 0);
    one.putObject("lastState");
    return one;
  }

  private void condition(String type, boolean holds, String reason, String message) {
    ArrayNode conditions =
        status.path("conditions") instanceof ArrayNode old ? old : status.putArray("conditions");
    ObjectNode found = null;
    for (JsonNode one : conditions) {
      if (one.path("type").asText().equals(type)) {
        found = (ObjectNode) one;
      }
    }
    String value = holds ? "True" : "False";
    ObjectNode condition = found == null ? conditions.addObject().put("type", type) : found;
    if (!condition.path("status").asText().equals(value)) {
      condition.put("status", value).put("lastTransitionTime", now);
    }
    condition.putNull("lastProbeTime");
    putOrRemove(condition, "reason", reason);
    putOrRemove(condition, "message", message);
  }

  private static void putOrRemove(ObjectNode condition, String field, String value) {
    if (value.isEmpty()) {
      condition.remove(field);
    } else {
      condition.put(field, value);
    }
  }
}
