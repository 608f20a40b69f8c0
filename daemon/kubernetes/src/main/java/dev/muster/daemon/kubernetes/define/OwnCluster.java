package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Yaml;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cluster that a RayJob has for itself.
 *
 * @param options of the job; some describe its cluster
 * @param tree of the RayCluster that it becomes; null: the job has its spec already
 * @param warnings where to add what people should know
 */
record OwnCluster(Map<String, List<String>> options, ObjectNode tree, List<String> warnings) {
  /** Puts it into the spec of the job, or leaves the one there if nothing describes another. */
  void into(ObjectNode spec, String name, Optional<String> queue) {
    boolean described = RayJobSettings.describeCluster(options);
    if (tree == null && !described) {
      return;
    }
    ObjectNode cluster = tree == null ? around(spec) : tree;
    if (!Templates.isRayCluster(cluster)) {
      throw Failure.usage(
          "Your own template raycluster is an AppWrapper, which a RayJob's cluster cannot be in; --template names another one.");
    }
    ObjectNode made =
        RayClusterDefinition.own(RayJobSettings.ofCluster(options), cluster, name, queue, warnings);
    spec.set("rayClusterSpec", made);
    versions(made);
  }

  private static ObjectNode around(ObjectNode spec) {
    ObjectNode cluster = Yaml.JSON.createObjectNode();
    cluster.put("apiVersion", "ray.io/v1").put("kind", "RayCluster");
    cluster.set("spec", spec.path("rayClusterSpec"));
    return cluster;
  }

  /** Ray's client and its cluster must be of one version; KubeRay takes the version's word. */
  private void versions(ObjectNode cluster) {
    String says = cluster.path("rayVersion").asText("");
    String image = cluster.at("/headGroupSpec/template/spec/containers/0/image").asText("");
    Optional<String> holds = Images.version(image);
    if (!says.isEmpty() && holds.isPresent() && !holds.get().equals(says)) {
      warnings.add(
          "The image "
              + image
              + " holds Ray "
              + holds.get()
              + " by its tag, but the job says "
              + says
              + " (--ray-version).");
    }
  }
}
