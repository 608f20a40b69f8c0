package dev.muster.daemon.sandbox.kuberay;

import com.fasterxml.jackson.databind.JsonNode;

/** How far a cluster is suspended, as its own conditions say: KubeRay remembers it nowhere else. */
enum Suspension {
  NONE,
  SUSPENDING,
  SUSPENDED;

  static Suspension of(JsonNode status) {
    Suspension result = NONE;
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("status").asText().equals("True")) {
        switch (condition.path("type").asText()) {
          case "RayClusterSuspending" -> result = SUSPENDING;
          case "RayClusterSuspended" -> result = SUSPENDED;
          default -> {
            // Says nothing about it.
          }
        }
      }
    }
    return result;
  }
}
