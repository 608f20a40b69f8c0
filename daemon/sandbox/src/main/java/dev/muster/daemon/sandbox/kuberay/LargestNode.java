package dev.muster.daemon.sandbox.kuberay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.sandbox.controllers.Quantity;
import dev.muster.daemon.sandbox.ray.NodeResources;
import dev.muster.daemon.sandbox.store.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;

/**
 * What the largest pod of a cluster offers to Ray: its limits, or what its start parameters say.
 */
final class LargestNode {

  /** A pod without a limit has the whole node. */
  private static final double CPUS = 256;

  private static final double MEMORY = 1e12;

  private LargestNode() {}

  static NodeResources of(JsonNode spec) {
    NodeResources largest = of(spec.path("headGroupSpec"), new NodeResources(0, 0, 0));
    for (JsonNode group : spec.path("workerGroupSpecs")) {
      largest = of(group, largest);
    }
    return largest;
  }

  private static NodeResources of(JsonNode group, NodeResources least) {
    JsonNode container = group.at("/template/spec/containers/0/resources");
    Map<String, String> limits = Json.strings(container.path("requests"));
    limits.putAll(Json.strings(container.path("limits")));
    JsonNode start = group.path("rayStartParams");
    double cpus =
        number(limits, "cpu")
            .map(value -> value.setScale(0, RoundingMode.CEILING).doubleValue())
            .orElse(CPUS);
    double gpus = 0;
    for (String name : limits.keySet()) {
      if (name.endsWith("gpu")) {
        gpus += number(limits, name).orElseThrow().doubleValue();
      }
    }
    double memory = number(limits, "memory").map(BigDecimal::doubleValue).orElse(MEMORY);
    return new NodeResources(
        Math.max(least.cpus(), start.path("num-cpus").asDouble(cpus)),
        Math.max(least.gpus(), start.path("num-gpus").asDouble(gpus)),
        Math.max(least.memory(), start.path("memory").asDouble(memory)));
  }

  private static Optional<BigDecimal> number(Map<String, String> limits, String name) {
    return Optional.ofNullable(limits.get(name)).map(text -> Quantity.parse(text).value());
  }
}
