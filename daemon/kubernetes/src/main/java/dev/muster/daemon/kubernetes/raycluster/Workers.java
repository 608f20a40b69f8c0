package dev.muster.daemon.kubernetes.raycluster;

import com.fasterxml.jackson.databind.JsonNode;

/** How many workers (pods, not groups) a cluster wants and has. */
record Workers(long desired, long available, long ready, long min, long max) {
  /**
   * By the status if it is about the present spec, else by the spec itself: a status can be one
   * reconciliation late.
   */
  static Workers of(JsonNode cluster) {
    JsonNode status = cluster.path("status");
    long generation = cluster.path("metadata").path("generation").asLong();
    boolean current =
        status.hasNonNull("desiredWorkerReplicas")
            && status.path("observedGeneration").asLong(generation) >= generation;
    long desired = 0;
    long min = 0;
    long max = 0;
    for (JsonNode group : cluster.path("spec").path("workerGroupSpecs")) {
      long hosts = Math.max(1, group.path("numOfHosts").asLong(1));
      long least = group.path("minReplicas").asLong(0);
      long most = group.path("maxReplicas").asLong(Integer.MAX_VALUE);
      if (!group.path("suspend").asBoolean()) {
        desired += Math.min(most, Math.max(least, group.path("replicas").asLong(least))) * hosts;
        min += least * hosts;
        max += most * hosts;
      }
    }
    return new Workers(
        current ? status.path("desiredWorkerReplicas").asLong() : desired,
        status.path("availableWorkerReplicas").asLong(),
        status.path("readyWorkerReplicas").asLong(),
        min,
        max);
  }
}
