package dev.muster.daemon.sandbox.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.muster.daemon.sandbox.store.Json;
import java.io.IOException;

/** RayClusters to test with. */
public final class Samples {

  private static final String DEMO =
      """
      apiVersion: ray.io/v1
      kind: RayCluster
      metadata: {name: demo}
      spec:
        rayVersion: "2.47.1"
        headGroupSpec:
          rayStartParams: {dashboard-host: 0.0.0.0}
          template:
            spec:
              containers:
              - name: ray-head
                image: quay.io/modh/ray:2.47.1-py311-cu121
                resources: {requests: {cpu: "1", memory: 2Gi}, limits: {cpu: "1", memory: 2Gi}}
        workerGroupSpecs:
        - groupName: small-group-demo
          replicas: 2
          minReplicas: 2
          maxReplicas: 2
          rayStartParams: {}
          template:
            spec:
              containers:
              - name: machine-learning
                image: quay.io/modh/ray:2.47.1-py311-cu121
                resources: {requests: {cpu: "1", memory: 2Gi}, limits: {cpu: "1", memory: 2Gi}}
      """;

  private Samples() {}

  /** A head and two workers. */
  public static ObjectNode demo(String name) {
    try {
      ObjectNode cluster = (ObjectNode) new ObjectMapper(new YAMLFactory()).readTree(DEMO);
      ((ObjectNode) cluster.get("metadata")).put("name", name);
      return cluster;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The same, suspended, so that nothing runs. */
  public static ObjectNode idle(String name) {
    ObjectNode cluster = demo(name);
    ((ObjectNode) cluster.get("spec")).put("suspend", true);
    return cluster;
  }

  /** The same with that many CPUs for each of its three pods. */
  public static ObjectNode demo(String name, String cpus) {
    ObjectNode cluster = demo(name);
    for (JsonNode resources : cluster.findValues("resources")) {
      ((ObjectNode) resources.get("requests")).put("cpu", cpus);
      ((ObjectNode) resources.get("limits")).put("cpu", cpus);
    }
    return cluster;
  }

  /** An AppWrapper around an object; in a queue, unless that is empty. */
  public static ObjectNode wrapped(ObjectNode object, String queue) {
    ObjectNode wrapper = Json.object().put("apiVersion", "workload.codeflare.dev/v1beta2");
    ObjectNode metadata = wrapper.put("kind", "AppWrapper").putObject("metadata");
    metadata.put("name", object.at("/metadata/name").asText());
    if (!queue.isEmpty()) {
      metadata.putObject("labels").put("kueue.x-k8s.io/queue-name", queue);
    }
    wrapper.putObject("spec").putArray("components").addObject().set("template", object);
    return wrapper;
  }

  /** A pod that asks for little. */
  public static ObjectNode pod(String name) {
    ObjectNode pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("name", name);
    ObjectNode spec = pod.putObject("spec").put("restartPolicy", "Never");
    ObjectNode container = spec.putArray("containers").addObject();
    container.put("name", "c").put("image", "busybox");
    container.putObject("resources").putObject("requests").put("cpu", "100m");
    return pod;
  }
}
