package dev.muster.daemon.sandbox.contract;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
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
}
