package dev.muster.daemon.kubernetes.raycluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperState;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kueue.WorkloadNote;

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
  /**
   * With what stands above it: the AppWrapper's word counts first, then Kueue's, then the cluster's
   * own.
   *
   * @param cluster the RayCluster as the server has it; without a uid it is only wrapped as yet
   */
  public static RayClusterState of(JsonNode cluster, Causes causes, Above above) {
    if (above.wrapper().isPresent()) {
      AppWrapperState outer = AppWrapperState.of(above.wrapper().get(), above.workload());
      boolean exists = !Meta.uid(cluster).isEmpty();
      if (outer.inside() && exists) {
        return of(cluster, causes);
      }
      if (outer.state() == State.STARTING && exists) {
        return starting(causes, outer.reason());
      }
      return queued(new RayClusterState(outer.state(), false, outer.reason()), above);
    }
    if (above.orphaned() && !Meta.deleting(cluster)) {
      // The watch of clusters is behind: what an AppWrapper made goes before it, or right after.
      return new RayClusterState(State.TERMINATING, false, "being deleted with its AppWrapper");
    }
    WorkloadNote workload = above.workload();
    if (Meta.deleting(cluster) || !workload.exists() || workload.finished()) {
      return queued(of(cluster, causes), above);
    }
    if (workload.deactivated()) {
      boolean stopped =
          switch (of(cluster, causes).state()) {
            case QUEUED, SUSPENDED -> true;
            default -> false;
          };
      return new RayClusterState(
          stopped ? State.SUSPENDED : State.SUSPENDING, false, workload.reason());
    }
    if (workload.pending()) {
      return queued(new RayClusterState(State.QUEUED, false, workload.reason()), above);
    }
    RayClusterState own = of(cluster, causes);
    return own.state() == State.QUEUED
        ? new RayClusterState(State.STARTING, false, "it has quota and is about to be started")
        : own;
  }

  private static RayClusterState queued(RayClusterState state, Above above) {
    return state.state() != State.QUEUED || above.queueTrouble().isEmpty()
        ? state
        : new RayClusterState(
            State.QUEUED, false, "the local queue " + above.queue() + ": " + above.queueTrouble());
  }

  /**
   * By itself.
   *
   * @param cluster the RayCluster as the server has it
   * @param causes what its pods and events say
   */
  public static RayClusterState of(JsonNode cluster, Causes causes) {
    JsonNode metadata = cluster.path("metadata");
    JsonNode status = cluster.path("status");
    boolean suspend = cluster.path("spec").path("suspend").asBoolean();
    if (metadata.hasNonNull("deletionTimestamp")) {
      return new RayClusterState(State.TERMINATING, false, Meta.deletion(cluster));
    }
    String queue = Meta.queue(cluster);
    boolean conditions = Meta.condition(status, "HeadPodReady").isPresent();
    String word = status.path("state").asText("");
    if (suspend) {
      boolean suspended =
          conditions ? Meta.isTrue(status, "RayClusterSuspended") : word.equals("suspended");
      boolean idle = suspended || status.isEmpty() || (conditions && !hasHead(status));
      if (!queue.isEmpty() && idle) {
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
    if (Meta.isTrue(status, "RayClusterSuspending") && hasHead(status)) {
      return new RayClusterState(State.SUSPENDING, false, "its pods are being deleted");
    }
    if (Meta.isTrue(status, "RayClusterSuspended") || Meta.isTrue(status, "RayClusterSuspending")) {
      return starting(causes, "resuming after it was suspended");
    }
    long desired = Workers.of(cluster).desired();
    long available = status.path("availableWorkerReplicas").asLong();
    JsonNode head = Meta.condition(status, "HeadPodReady").orElse(MissingNode.getInstance());
    boolean headReady = head.path("status").asText("").equals("True");
    if (headReady && available >= desired) {
      return new RayClusterState(State.READY, true, "");
    }
    if (Meta.isTrue(status, "ReplicaFailure")) {
      JsonNode failure = Meta.condition(status, "ReplicaFailure").orElseThrow();
      return starting(causes, failure(failure));
    }
    if (!headReady) {
      if (!causes.head().isEmpty()) {
        return new RayClusterState(State.STARTING, false, causes.head());
      }
      String said = head.path("message").asText("");
      return starting(
          causes, said.isEmpty() ? "waiting for the head pod to be ready" : Meta.join(said, ""));
    }
    String missing = available + " of " + desired + " workers available";
    String why = !causes.workers().isEmpty() ? causes.workers() : causes.warning();
    return new RayClusterState(
        State.STARTING, false, why.isEmpty() ? missing : missing + "; " + why);
  }

  /** One that Kueue lets in is "suspending" at first, without ever having had a pod. */
  private static boolean hasHead(JsonNode status) {
    return !status.path("head").path("podName").asText("").isEmpty();
  }

  private static RayClusterState byWord(JsonNode status, String word, Causes causes) {
    String reason = Meta.join(status.path("reason").asText(""), "");
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
    return Meta.join(
        reason, message.startsWith(reason) ? message.substring(reason.length()) : message);
  }
}
