package dev.muster.daemon.kubernetes.raycluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.kubernetes.kinds.Meta;
import java.util.Set;

/**
 * What a pod has to say about the Ray cluster that it is part of.
 *
 * @param cluster the cluster's name
 * @param head whether it is the head
 * @param problem why it is not ready, in words; empty when there is nothing to say
 */
public record PodNote(String cluster, boolean head, String problem) {
  /** What every pod passes through; nothing to be told about. */
  private static final Set<String> ORDINARY = Set.of("ContainerCreating", "PodInitializing", "");

  /**
   * Reads a Pod as <a href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/">its
   * life cycle</a> describes it.
   */
  public static PodNote of(JsonNode pod) {
    JsonNode labels = pod.path("metadata").path("labels");
    return new PodNote(
        labels.path("ray.io/cluster").asText(""),
        labels.path("ray.io/node-type").asText("").equals("head"),
        problem(pod));
  }

  private static String problem(JsonNode pod) {
    JsonNode status = pod.path("status");
    String phase = status.path("phase").asText("");
    if (pod.path("metadata").hasNonNull("deletionTimestamp") || phase.equals("Succeeded")) {
      return "";
    }
    if (!status.path("reason").asText("").isEmpty()) {
      return Meta.join(status.path("reason").asText(), status.path("message").asText(""));
    }
    for (String list : new String[] {"initContainerStatuses", "containerStatuses"}) {
      for (JsonNode container : status.path(list)) {
        String problem = container(container);
        if (!problem.isEmpty()) {
          return problem;
        }
      }
    }
    for (JsonNode condition : status.path("conditions")) {
      boolean no = !condition.path("status").asText("").equals("True");
      String type = condition.path("type").asText("");
      if (type.equals("PodScheduled") && no) {
        return Meta.join(
            condition.path("reason").asText("Unschedulable"), condition.path("message").asText(""));
      }
      if (type.equals("Ready") && no && phase.equals("Running")) {
        return Meta.join("not ready", condition.path("message").asText(""));
      }
    }
    return phase.equals("Failed") ? "failed" : "";
  }

  private static String container(JsonNode container) {
    JsonNode waiting = container.path("state").path("waiting");
    String reason = waiting.path("reason").asText("");
    if (!ORDINARY.contains(reason)) {
      JsonNode last = container.path("lastState").path("terminated");
      String before = last.isMissingNode() ? "" : " (last time: " + ended(last) + ")";
      return Meta.join(reason, waiting.path("message").asText("")) + before;
    }
    JsonNode terminated = container.path("state").path("terminated");
    boolean failed = !terminated.isMissingNode() && terminated.path("exitCode").asInt(0) != 0;
    return failed ? ended(terminated) : "";
  }

  private static String ended(JsonNode terminated) {
    return terminated.path("reason").asText("Error")
        + ", exit code "
        + terminated.path("exitCode").asInt();
  }
}
