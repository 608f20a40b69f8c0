package dev.muster.daemon.kubernetes.raycluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.kubernetes.Yaml;

/**
 * What only a RayCluster has, as the documented record:
 *
 * <pre>
 * workers {desired, available, ready, min, max}     requested {cpu, memory, gpu, tpu}
 * head {pod, podIP, service, serviceIP}             endpoints {client, dashboard, ...}
 * rayVersion   image   localQueue   uri             conditions [{type, status, reason, message, since}]
 * </pre>
 *
 * <p>What the server does not know is an empty text. There are no environment values and no secrets
 * in it.
 */
final class Details {
  private Details() {}

  static ObjectNode of(JsonNode cluster) {
    JsonNode metadata = cluster.path("metadata");
    JsonNode spec = cluster.path("spec");
    JsonNode status = cluster.path("status");
    ObjectNode details = Yaml.JSON.createObjectNode();
    Workers workers = Workers.of(cluster);
    details
        .putObject("workers")
        .put("desired", workers.desired())
        .put("available", workers.available())
        .put("ready", workers.ready())
        .put("min", workers.min())
        .put("max", workers.max());
    Requested requested = Requested.of(cluster);
    details
        .putObject("requested")
        .put("cpu", requested.cpu())
        .put("memory", requested.memory())
        .put("gpu", requested.gpu())
        .put("tpu", requested.tpu());
    JsonNode head = status.path("head");
    details
        .putObject("head")
        .put("pod", head.path("podName").asText(""))
        .put("podIP", head.path("podIP").asText(""))
        .put("service", head.path("serviceName").asText(""))
        .put("serviceIP", head.path("serviceIP").asText(""));
    ObjectNode endpoints = details.putObject("endpoints");
    status
        .path("endpoints")
        .properties()
        .forEach(e -> endpoints.put(e.getKey(), e.getValue().asText()));
    details.put("rayVersion", spec.path("rayVersion").asText(""));
    details.put(
        "image",
        spec.path("headGroupSpec")
            .path("template")
            .path("spec")
            .path("containers")
            .path(0)
            .path("image")
            .asText(""));
    details.put("localQueue", metadata.path("labels").path(RayClusterState.QUEUE).asText(""));
    String service =
        head.path("serviceName").asText(metadata.path("name").asText("") + "-head-svc");
    details.put(
        "uri",
        "ray://"
            + service
            + "."
            + metadata.path("namespace").asText("")
            + ".svc:"
            + status.path("endpoints").path("client").asText("10001"));
    var conditions = details.putArray("conditions");
    for (JsonNode condition : status.path("conditions")) {
      conditions
          .addObject()
          .put("type", condition.path("type").asText(""))
          .put("status", condition.path("status").asText(""))
          .put("reason", condition.path("reason").asText(""))
          .put("message", condition.path("message").asText(""))
          .put("since", condition.path("lastTransitionTime").asText(""));
    }
    return details;
  }
}
