package dev.muster.daemon.sandbox.kuberay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.controllers.Quantity;
import dev.muster.daemon.sandbox.store.Json;
import java.util.Map;
import java.util.TreeMap;

/** What a cluster asks for in all: requests, or limits where there is no request. */
final class DesiredResources {

  private DesiredResources() {}

  static void write(JsonNode spec, ObjectNode status) {
    Map<String, Quantity> sum = new TreeMap<>();
    add(sum, spec.at("/headGroupSpec/template/spec"), 1);
    for (JsonNode group : spec.path("workerGroupSpecs")) {
      if (!group.path("suspend").asBoolean()) {
        long pods = group.path("replicas").asLong() * group.path("numOfHosts").asLong(1);
        add(sum, group.at("/template/spec"), pods);
      }
    }
    Quantity gpus = Quantity.ZERO;
    for (Map.Entry<String, Quantity> one : sum.entrySet()) {
      if (one.getKey().endsWith("gpu")) {
        gpus = gpus.plus(one.getValue());
      }
    }
    status.put("desiredCPU", sum.getOrDefault("cpu", Quantity.ZERO).toString());
    status.put("desiredGPU", gpus.toString());
    status.put("desiredMemory", sum.getOrDefault("memory", Quantity.ZERO).toString());
    status.put("desiredTPU", sum.getOrDefault("google.com/tpu", Quantity.ZERO).toString());
  }

  private static void add(Map<String, Quantity> sum, JsonNode podSpec, long pods) {
    for (JsonNode container : podSpec.path("containers")) {
      Map<String, String> asked = Json.strings(container.at("/resources/limits"));
      asked.putAll(Json.strings(container.at("/resources/requests")));
      asked.forEach(
          (name, text) -> sum.merge(name, Quantity.parse(text).times(pods), Quantity::plus));
    }
  }
}
