package dev.muster.daemon.sandbox.kuberay;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What KubeRay refuses of a RayJob although the API server takes it (ray-operator/controllers/ray/
 * utils/validation.go).
 */
final class RayJobCheck {

  private static final int LONGEST_NAME = 47;

  private RayJobCheck() {}

  /** Empty when there is none. */
  static String problem(String name, JsonNode spec) {
    if (name.length() > LONGEST_NAME) {
      return "RayJob name should be no more than %d characters".formatted(LONGEST_NAME);
    }
    String cluster = cluster(spec);
    if (!cluster.isEmpty()) {
      return cluster;
    }
    String end = end(spec);
    return end.isEmpty() ? RayJobRequest.problem(spec) : end;
  }

  private static String cluster(JsonNode spec) {
    boolean selects = !spec.path("clusterSelector").isEmpty();
    if (selects == spec.path("rayClusterSpec").isObject()) {
      return selects
          ? "RayClusterSpec and ClusterSelector cannot both be set"
          : "one of RayClusterSpec or ClusterSelector must be set";
    }
    if (selects && spec.path("suspend").asBoolean()) {
      return "the ClusterSelector mode doesn't support the suspend operation";
    }
    if (selects && spec.path("submissionMode").asText().equals("SidecarMode")) {
      return "ClusterSelector is not supported in SidecarMode";
    }
    return "";
  }

  private static String end(JsonNode spec) {
    boolean shutsDown = spec.path("shutdownAfterJobFinishes").asBoolean();
    int ttl = spec.path("ttlSecondsAfterFinished").asInt();
    if (spec.path("suspend").asBoolean() && !shutsDown) {
      return "a RayJob with shutdownAfterJobFinishes set to false is not allowed to be suspended";
    }
    if (ttl < 0) {
      return "TTLSecondsAfterFinished must be a non-negative integer";
    }
    if (ttl > 0 && !shutsDown) {
      return "a RayJob with shutdownAfterJobFinishes set to false cannot have"
          + " TTLSecondsAfterFinished";
    }
    if (spec.has("activeDeadlineSeconds") && spec.path("activeDeadlineSeconds").asInt() <= 0) {
      return "activeDeadlineSeconds must be a positive integer";
    }
    return spec.path("backoffLimit").asInt() < 0 ? "backoffLimit must be a positive integer" : "";
  }
}
