package dev.muster.daemon.sandbox.appwrapper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.store.Json;
import java.util.HashSet;
import java.util.Set;

/**
 * Which pods a wrapped object is made of: as the AppWrapper declares them, or as they can be told
 * from a kind that the operator knows (pkg/utils/utils.go of AppWrapper 1.2.0; of its kinds JobSet
 * and PyTorchJob are left out).
 */
public final class PodSets {

  private static final String INDEX = "workload.codeflare.dev.appwrapper/tas-pod-index-label";

  private PodSets() {}

  /** Those of a component, declared or inferred. */
  public static ArrayNode of(JsonNode component) {
    return component.path("podSets") instanceof ArrayNode declared && !declared.isEmpty()
        ? declared.deepCopy()
        : infer(component.path("template"));
  }

  /** How many pods a pod set has. */
  public static int replicas(JsonNode podSet) {
    return podSet.path("replicas").asInt(1);
  }

  /** How many pods all components of a status have. */
  static int expected(JsonNode status) {
    int sum = 0;
    for (JsonNode component : status.path("componentStatus")) {
      for (JsonNode podSet : component.path("podSets")) {
        sum += replicas(podSet);
      }
    }
    return sum;
  }

  /**
   * Those that the kind of an object tells of; empty for an unknown kind.
   *
   * @throws IllegalArgumentException when a pod template is missing or none
   */
  static ArrayNode infer(JsonNode object) {
    ArrayNode sets = Json.array();
    JsonNode spec = object.path("spec");
    switch (object.path("apiVersion").asText() + " " + object.path("kind").asText()) {
      case "v1 Pod" -> add(sets, "template", 1);
      case "apps/v1 Deployment", "apps/v1 StatefulSet" ->
          add(sets, "template.spec.template", spec.path("replicas").asInt(1));
      case "batch/v1 Job" -> {
        int parallel = spec.path("parallelism").asInt(1);
        add(
                sets,
                "template.spec.template",
                Math.min(parallel, spec.path("completions").asInt(parallel)))
            .putObject("annotations")
            .put(INDEX, "batch.kubernetes.io/job-completion-index");
      }
      case "ray.io/v1 RayCluster" -> ray(sets, spec, "template.spec.");
      case "ray.io/v1 RayJob" ->
          ray(sets, spec.path("rayClusterSpec"), "template.spec.rayClusterSpec.");
      default -> {
        // Its pods must be declared.
      }
    }
    for (JsonNode set : sets) {
      String path = set.path("path").asText();
      try {
        Templates.podTemplate(object, path);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "%s does not refer to a v1.PodSpecTemplate: %s".formatted(path, e.getMessage()), e);
      }
    }
    return sets;
  }

  private static void ray(ArrayNode sets, JsonNode cluster, String prefix) {
    add(sets, prefix + "headGroupSpec.template", 1);
    JsonNode groups = cluster.path("workerGroupSpecs");
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i).has("template")) {
        add(
            sets,
            "%sworkerGroupSpecs[%d].template".formatted(prefix, i),
            groups.get(i).path("replicas").asInt(1));
      }
    }
  }

  private static ObjectNode add(ArrayNode sets, String path, int replicas) {
    return sets.addObject().put("path", path).put("replicas", replicas);
  }

  /** What is wrong with declared pod sets of a known kind; empty when nothing is. */
  static String mismatch(JsonNode declared, JsonNode inferred) {
    Set<String> paths = new HashSet<>();
    for (JsonNode set : declared) {
      if (!paths.add(set.path("path").asText())) {
        return "multiple DeclaredPodSets with path '%s'".formatted(set.path("path").asText());
      }
    }
    if (declared.isEmpty() || inferred.isEmpty()) {
      return "";
    }
    if (inferred.size() != declared.size()) {
      return "DeclaredPodSet count %d differs from inferred count %d"
          .formatted(declared.size(), inferred.size());
    }
    for (JsonNode known : inferred) {
      String path = known.path("path").asText();
      if (!paths.contains(path)) {
        return "PodSet with path '%s' is missing".formatted(path);
      }
      for (JsonNode set : declared) {
        if (set.path("path").asText().equals(path) && replicas(set) != replicas(known)) {
          return "replica count %d differs from inferred count %d for PodSet at path position '%s'"
              .formatted(replicas(set), replicas(known), path);
        }
      }
    }
    return "";
  }
}
