package dev.muster.truth.drive;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The smallest RayCluster that a server takes and that can become ready. */
final class Manifest {
  private Manifest() {}

  static ObjectNode of(String namespace, String name, int workers) {
    ObjectNode cluster = ApiServer.JSON.createObjectNode();
    cluster.put("apiVersion", "ray.io/v1").put("kind", "RayCluster");
    cluster.putObject("metadata").put("name", name).put("namespace", namespace);
    ObjectNode spec = cluster.putObject("spec");
    spec.put("rayVersion", "2.47.1");
    ObjectNode head = spec.putObject("headGroupSpec");
    head.putObject("rayStartParams").put("dashboard-host", "0.0.0.0");
    head.set("template", template("ray-head"));
    ObjectNode group = spec.putArray("workerGroupSpecs").addObject();
    group.put("groupName", "small").put("replicas", workers);
    group.put("minReplicas", 0).put("maxReplicas", 10);
    group.putObject("rayStartParams");
    group.set("template", template("ray-worker"));
    return cluster;
  }

  private static ObjectNode template(String container) {
    ObjectNode template = ApiServer.JSON.createObjectNode();
    ObjectNode one = template.putObject("spec").putArray("containers").addObject();
    one.put("name", container).put("image", "rayproject/ray:2.47.1");
    ObjectNode resources = one.putObject("resources");
    resources.putObject("requests").put("cpu", "100m").put("memory", "100Mi");
    resources.putObject("limits").put("cpu", "100m").put("memory", "100Mi");
    return template;
  }
}
