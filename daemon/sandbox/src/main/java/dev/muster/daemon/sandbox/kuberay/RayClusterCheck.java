package dev.muster.daemon.sandbox.kuberay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.sandbox.controllers.EventRecorder;
import dev.muster.daemon.sandbox.store.ObjectKey;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.util.regex.Pattern;

/**
 * What KubeRay refuses although the API server takes it (ray-operator/controllers/ray/utils/
 * validation.go): it writes an event and leaves the cluster alone.
 */
final class RayClusterCheck {

  private static final int LONGEST_NAME = 63;
  private static final Pattern DNS1035 = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");

  private RayClusterCheck() {}

  static boolean refused(StoredObject cluster, JsonNode spec, EventRecorder events) {
    String name = nameProblem(cluster.key().name());
    String problem = name.isEmpty() ? specProblem(spec) : name;
    if (problem.isEmpty()) {
      return false;
    }
    String part = name.isEmpty() ? "spec" : "metadata";
    String reason = name.isEmpty() ? "InvalidRayClusterSpec" : "InvalidRayClusterMetadata";
    ObjectKey key = cluster.key();
    events.warning(
        cluster,
        RayClusterController.COMPONENT,
        reason,
        "The RayCluster %s is invalid %s/%s: %s"
            .formatted(part, key.namespace(), key.name(), problem));
    return true;
  }

  private static String nameProblem(String name) {
    if (name.length() > LONGEST_NAME) {
      return "RayCluster name should be no more than %d characters".formatted(LONGEST_NAME);
    }
    return DNS1035.matcher(name).matches()
        ? ""
        : "RayCluster name should be a valid DNS1035 label: [a DNS-1035 label must consist of lower"
            + " case alphanumeric characters or '-', start with an alphabetic character, and end"
            + " with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for"
            + " validation is '%s')]".formatted(DNS1035);
  }

  private static String specProblem(JsonNode spec) {
    if (spec.at("/headGroupSpec/template/spec/containers").isEmpty()) {
      return "headGroupSpec should have at least one container";
    }
    for (JsonNode group : spec.path("workerGroupSpecs")) {
      if (group.at("/template/spec/containers").isEmpty()) {
        return "workerGroupSpec should have at least one container";
      }
    }
    return "";
  }
}
