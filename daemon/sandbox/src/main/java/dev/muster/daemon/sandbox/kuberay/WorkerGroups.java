package dev.muster.daemon.sandbox.kuberay;

import com.fasterxml.jackson.databind.JsonNode;

/** Numbers of a worker group. */
final class WorkerGroups {

  private WorkerGroups() {}

  /** Pods that the group is to have: replicas within its bounds, none when it is suspended. */
  static int desired(JsonNode group) {
    if (group.path("suspend").asBoolean()) {
      return 0;
    }
    int min = group.path("minReplicas").asInt();
    int max = group.path("maxReplicas").asInt(Integer.MAX_VALUE);
    int replicas = group.path("replicas").asInt(min);
    return Math.max(min, Math.min(replicas, max)) * group.path("numOfHosts").asInt(1);
  }
}
