package dev.muster.daemon.kubernetes.raycluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.muster.daemon.core.State;
import java.util.Optional;

/**
 * A RayCluster's state in our vocabulary. The conditions are the truth where the server writes them
 * (KubeRay 1.2 and newer): its ".status.state" stays "ready" when nodes are lost, and stays
 * "suspended" while a cluster resumes. Older servers have only that word.
 *
 * @param state in our vocabulary
 * @param ready whether jobs can be sent to it
 * @param reason why it is not ready, from where the cause is; empty when there is nothing to say
 */
public record RayClusterState(State state, boolean ready, String reason) {
  static final String QUEUE = "kueue.x-k8s.io/queue-name";

  /**
   * @param cluster the RayCluster as the server has it
   * @param causes what its pods and events say
   */
  public static RayClusterState of(JsonNode cluster, Causes causes) {
    JsonNode metadata = cluster.path("metadata");
    JsonNode status = cluster.path("status");
    boolean suspend = cluster.path("spec").path("suspend").asBoolean();
    if (metadata.hasNonNull("deletionTimestamp")) {
      return new RayClusterState(State.TERMINATING, false, deletion(metadata));
    }
    String queue = metadata.path("labels").path(QUEUE).asText("");
    boolean conditions = condition(status, "HeadPodReady").isPresent();
    String word = status.path("state").asText("");
    if (suspend) {
      boolean suspended =
          conditions ? isTrue(status, "RayClusterSuspended") : word.equals("suspended");
      if (!queue.isEmpty() && (suspended || status.isMissingNode() || status.isEmpty())) {
        // Kueue sets "suspend" on what carries a queue's name, and unsets it once there is quota.
        return new RayClusterState(
            State.QUEUED, false, "waiting for quota in the local queue " + queue);
      }
      return suspended
          ? new RayClusterState(State.SUSPENDED, false, "suspended by its \"suspend\" field")
          : new RayClusterState(State.SUSPENDING, false, "its pods are being deleted");
    }
    return conditions ? byConditions(cluster, status, causes) : byWord(status, word, causes);
  }

  private static RayClusterState byConditions(JsonNode cluster, JsonNode status, Causes causes) {
    if (isTrue(status, "RayClusterSuspending")) {
      return new RayClusterState(State.SUSPENDING, false, "its pods are being deleted");
    }
    if (isTrue(status, "RayClusterSuspended")) {
      return starting(causes, "resuming after it was suspended");
    }
    long desired = Workers.of(cluster).desired();
    long available = status.path("availableWorkerReplicas").asLong();
    JsonNode head = condition(status, "HeadPodReady").orElse(MissingNode.getInstance());
    boolean headReady = head.path("status").asText("").equals("True");
    if (headReady && available >= desired) {
      return new RayClusterState(State.READY, true, "");
    }
    if (isTrue(status, "ReplicaFailure")) {
      JsonNode failure = condition(status, "ReplicaFailure").orElseThrow();
      return starting(causes, failure(failure));
    }
    if (!headReady) {
      if (!causes.head().isEmpty()) {
        return new RayClusterState(State.STARTING, false, causes.head());
      }
      String said = head.path("message").asText("");
      return starting(
          causes, said.isEmpty() ? "waiting for the head pod to be ready" : PodNote.join(said, ""));
    }
    String missing = available + " of " + desired + " workers available";
    String why = !causes.workers().isEmpty() ? causes.workers() : causes.warning();
    return new RayClusterState(
        State.STARTING, false, why.isEmpty() ? missing : missing + "; " + why);
  }

  private static RayClusterState byWord(JsonNode status, String word, Causes causes) {
    String reason = PodNote.join(status.path("reason").asText(""), "");
    return switch (word) {
      case "ready" -> new RayClusterState(State.READY, true, "");
      case "suspended" -> new RayClusterState(State.SUSPENDED, false, reason);
      case "failed", "unhealthy" ->
          new RayClusterState(State.FAILED, false, reason.isEmpty() ? first(causes, "") : reason);
      case "" -> starting(causes, reason.isEmpty() ? "waiting for its pods" : reason);
      default -> new RayClusterState(State.UNKNOWN, false, reason);
    };
  }

  private static RayClusterState starting(Causes causes, String otherwise) {
    return new RayClusterState(State.STARTING, false, first(causes, otherwise));
  }

  private static String first(Causes causes, String otherwise) {
    if (!causes.head().isEmpty()) {
      return causes.head();
    }
    if (!causes.workers().isEmpty()) {
      return causes.workers();
    }
    return causes.warning().isEmpty() || otherwise.contains(":") ? otherwise : causes.warning();
  }

  /** KubeRay repeats the reason as the message's first line. */
  private static String failure(JsonNode condition) {
    String reason = condition.path("reason").asText("");
    String message = condition.path("message").asText("");
    return PodNote.join(
        reason, message.startsWith(reason) ? message.substring(reason.length()) : message);
  }

  private static String deletion(JsonNode metadata) {
    JsonNode finalizers = metadata.path("finalizers");
    if (finalizers.isEmpty()) {
      return "being deleted";
    }
    String first = finalizers.get(0).asText();
    return first.equals("foregroundDeletion")
        ? "being deleted, after its pods"
        : "being deleted; waiting for " + first;
  }

  static Optional<JsonNode> condition(JsonNode status, String type) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText("").equals(type)) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  static boolean isTrue(JsonNode status, String type) {
    return condition(status, type)
        .map(c -> c.path("status").asText("").equals("True"))
        .orElse(false);
  }
}
