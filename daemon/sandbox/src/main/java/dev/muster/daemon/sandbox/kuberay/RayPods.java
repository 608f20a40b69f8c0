package dev.muster.daemon.sandbox.kuberay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.api.Names;
import dev.muster.daemon.sandbox.controllers.Objects;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ObjectKey;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The objects that KubeRay 1.5 makes for a cluster: head service, head pod, worker pods. */
final class RayPods {

  static final String CLUSTER = "ray.io/cluster";
  static final String NODE_TYPE = "ray.io/node-type";
  static final String GROUP = "ray.io/group";
  static final String HEAD_GROUP = "headgroup";

  private static final int LONGEST_PREFIX = 50;
  private static final Map<String, Integer> PORTS =
      Map.of(
          "client", 10001, "dashboard", 8265, "gcs-server", 6379, "metrics", 8080, "serve", 8000);

  private RayPods() {}

  static String serviceName(String cluster) {
    return cluster + "-head-svc";
  }

  /** The ports of the service and the status' endpoints: the head's own, or else the usual ones. */
  static Map<String, Integer> ports(JsonNode spec) {
    Map<String, Integer> ports = new TreeMap<>();
    for (JsonNode port : spec.at("/headGroupSpec/template/spec/containers/0/ports")) {
      int number = port.path("containerPort").asInt();
      ports.put(port.path("name").asText(number + "-port"), number);
    }
    if (ports.isEmpty()) {
      ports.putAll(PORTS);
    }
    ports.putIfAbsent("metrics", PORTS.get("metrics"));
    return ports;
  }

  static ObjectNode headService(StoredObject cluster, JsonNode spec) {
    String name = cluster.key().name();
    ObjectNode service =
        Objects.blank(ResourceType.SERVICES, cluster.key().namespace(), serviceName(name));
    ObjectNode labels = Json.child(service, "metadata").putObject("labels");
    labels
        .put("app.kubernetes.io/created-by", "kuberay-operator")
        .put("app.kubernetes.io/name", "kuberay")
        .put(CLUSTER, name)
        .put("ray.io/identifier", name + "-head")
        .put(NODE_TYPE, "head");
    own(service, cluster);
    ObjectNode wanted = service.putObject("spec");
    wanted.put("clusterIP", "None").put("type", "ClusterIP").put("publishNotReadyAddresses", true);
    wanted.putArray("clusterIPs").add("None");
    wanted.set("selector", labels.deepCopy());
    ports(spec)
        .forEach(
            (port, number) ->
                wanted
                    .withArray("ports")
                    .addObject()
                    .put("name", port)
                    .put("appProtocol", "tcp")
                    .put("protocol", "TCP")
                    .put("port", number)
                    .put("targetPort", number));
    service.putObject("status").putObject("loadBalancer");
    return service;
  }

  static ObjectNode head(StoredObject cluster, JsonNode group) {
    return pod(cluster, "head", HEAD_GROUP, prefix(cluster.key().name()) + "-head-", group);
  }

  static ObjectNode worker(StoredObject cluster, JsonNode group) {
    String name = group.path("groupName").asText();
    String prefix = prefix(cluster.key().name() + "-" + name) + "-worker-";
    return pod(cluster, "worker", name, prefix, group);
  }

  private static String prefix(String text) {
    String cut = text.length() <= LONGEST_PREFIX ? text : text.substring(0, LONGEST_PREFIX);
    return cut.toLowerCase(Locale.ROOT);
  }

  private static ObjectNode pod(
      StoredObject cluster, String nodeType, String groupName, String prefix, JsonNode group) {
    ObjectKey key = cluster.key();
    JsonNode template = group.path("template");
    ObjectNode pod = Objects.blank(ResourceType.PODS, key.namespace(), prefix + Names.suffix());
    ObjectNode metadata = Json.child(pod, "metadata").put("generateName", prefix);
    Json.strings(template.at("/metadata/annotations"))
        .forEach(Json.child(metadata, "annotations")::put);
    Json.child(metadata, "annotations").put("ray.io/ft-enabled", "false");
    ObjectNode labels = metadata.putObject("labels");
    Json.strings(template.at("/metadata/labels")).forEach(labels::put);
    labels
        .put("app.kubernetes.io/created-by", "kuberay-operator")
        .put("app.kubernetes.io/name", "kuberay")
        .put(CLUSTER, key.name())
        .put(GROUP, groupName)
        .put("ray.io/identifier", key.name() + "-" + nodeType)
        .put("ray.io/is-ray-node", "yes")
        .put(NODE_TYPE, nodeType);
    own(pod, cluster);
    ObjectNode spec =
        template.path("spec") instanceof ObjectNode asked ? asked.deepCopy() : Json.object();
    if (!spec.has("restartPolicy")) {
      spec.put("restartPolicy", "Always");
    }
    pod.set("spec", spec);
    pod.putObject("status").put("phase", "Pending").put("qosClass", "Burstable");
    return pod;
  }

  static void own(ObjectNode object, StoredObject cluster) {
    Json.child(object, "metadata")
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "ray.io/v1")
        .put("kind", "RayCluster")
        .put("name", cluster.key().name())
        .put("uid", cluster.uid())
        .put("controller", true)
        .put("blockOwnerDeletion", true);
  }
}
