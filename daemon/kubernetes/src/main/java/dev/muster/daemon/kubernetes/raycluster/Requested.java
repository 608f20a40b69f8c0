package dev.muster.daemon.kubernetes.raycluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.kubernetes.Quantity;
import java.util.Locale;

/** What a cluster asks for in all, head and workers together, as Kubernetes quantities. */
record Requested(String cpu, String memory, String gpu, String tpu) {
  /**
   * As the server summed it up; before it has, by KubeRay's own rule: requests, and limits where
   * there is no request.
   */
  static Requested of(JsonNode cluster) {
    JsonNode status = cluster.path("status");
    if (status.hasNonNull("desiredCPU")) {
      return new Requested(
          status.path("desiredCPU").asText(),
          status.path("desiredMemory").asText("0"),
          status.path("desiredGPU").asText("0"),
          status.path("desiredTPU").asText("0"));
    }
    Sum sum = new Sum();
    sum.add(cluster.path("spec").path("headGroupSpec").path("template"), 1);
    for (JsonNode group : cluster.path("spec").path("workerGroupSpecs")) {
      long hosts = Math.max(1, group.path("numOfHosts").asLong(1));
      if (!group.path("suspend").asBoolean()) {
        sum.add(group.path("template"), group.path("replicas").asLong(0) * hosts);
      }
    }
    return new Requested(sum.cpu.plain(), sum.memory.bytes(), sum.gpu.plain(), sum.tpu.plain());
  }

  private static final class Sum {
    private Quantity cpu = Quantity.ZERO;
    private Quantity memory = Quantity.ZERO;
    private Quantity gpu = Quantity.ZERO;
    private Quantity tpu = Quantity.ZERO;

    void add(JsonNode template, long times) {
      for (JsonNode container : template.path("spec").path("containers")) {
        JsonNode limits = container.path("resources").path("limits");
        JsonNode requests = container.path("resources").path("requests");
        limits.properties().stream()
            .filter(limit -> !requests.has(limit.getKey()))
            .forEach(limit -> add(limit.getKey(), limit.getValue(), times));
        requests.properties().forEach(request -> add(request.getKey(), request.getValue(), times));
      }
    }

    private void add(String resource, JsonNode amount, long times) {
      Quantity quantity = Quantity.parse(amount.asText("")).orElse(Quantity.ZERO).times(times);
      String name = resource.toLowerCase(Locale.ROOT);
      if (name.equals("cpu")) {
        cpu = cpu.plus(quantity);
      } else if (name.equals("memory")) {
        memory = memory.plus(quantity);
      } else if (name.endsWith("gpu")) {
        gpu = gpu.plus(quantity);
      } else if (name.equals("google.com/tpu")) {
        tpu = tpu.plus(quantity);
      }
    }
  }
}
