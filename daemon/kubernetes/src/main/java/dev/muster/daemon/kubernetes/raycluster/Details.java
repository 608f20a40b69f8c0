package dev.muster.daemon.kubernetes.raycluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperNote;
import dev.muster.daemon.kubernetes.kinds.Meta;

/**
 * What only a RayCluster has, as the documented record:
 *
 * <pre>
 * workers {desired, available, ready, min, max}     requested {cpu, memory, gpu, tpu}
 * limits {cpu, memory, gpu, tpu}
 * head {pod, podIP, service, serviceIP, cpu, memory, gpu}
 * worker {cpu, memory, gpu}, of each in the first group
 * groups [{name, replicas, cpu, memory, gpu}]       endpoints {client, dashboard, ...}
 * rayVersion   image   localQueue   appWrapper   queueing   exists   uri
 * conditions [{type, status, reason, message, since}]
 * </pre>
 *
 * <p>"queueing" is there, and true, while the AppWrapper around it is on its way into the queue or
 * back to it; it says nothing in other states than QUEUED and SUSPENDING. Amounts of one pod are as
 * {@link EachPod} says; a limit that some pod does not have is empty. Where somebody asks for the
 * details of one cluster, "dashboard", "dashboardBy" and "dashboardNote" are added, read from the
 * server then. "exists" is false while only an AppWrapper describes it. What the server does not
 * know is an empty text. There are no environment values and no secrets in it.
 */
final class Details {
  private Details() {}

  static ObjectNode of(JsonNode cluster, Above above) {
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
    Requested limits = Requested.limits(cluster);
    details
        .putObject("limits")
        .put("cpu", limits.cpu())
        .put("memory", limits.memory())
        .put("gpu", limits.gpu())
        .put("tpu", limits.tpu());
    JsonNode head = status.path("head");
    EachPod.of(spec.path("headGroupSpec").path("template"))
        .put(
            details
                .putObject("head")
                .put("pod", head.path("podName").asText(""))
                .put("podIP", head.path("podIP").asText(""))
                .put("service", head.path("serviceName").asText(""))
                .put("serviceIP", head.path("serviceIP").asText("")));
    JsonNode groups = spec.path("workerGroupSpecs");
    ObjectNode worker = details.putObject("worker");
    if (!groups.isEmpty()) {
      EachPod.of(groups.path(0).path("template")).put(worker);
    }
    ArrayNode all = details.putArray("groups");
    for (JsonNode group : groups) {
      EachPod.of(group.path("template"))
          .put(
              all.addObject()
                  .put("name", group.path("groupName").asText(""))
                  .put("replicas", group.path("replicas").asLong(0)));
    }
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
    String queue = Meta.queue(cluster);
    details.put("localQueue", queue.isEmpty() ? above.queue() : queue);
    details.put("appWrapper", above.wrapper().map(AppWrapperNote::name).orElse(""));
    if (above.wrapper().filter(AppWrapperNote::queueing).isPresent()) {
      details.put("queueing", true);
    }
    details.put("exists", !Meta.uid(cluster).isEmpty());
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
    Meta.conditions(status, details.putArray("conditions"));
    return details;
  }
}
