package dev.muster.daemon.kubernetes.raycluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.kubernetes.Quantity;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What a cluster asks for in all, head and workers together, as Kubernetes quantities. */
public record Requested(String cpu, String memory, String gpu, String tpu) {
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

  /** What all of it together may use; empty where a container has no such limit. */
  static Requested limits(JsonNode cluster) {
    Sum sum = new Sum();
    sum.limits(cluster.path("spec").path("headGroupSpec").path("template"), 1);
    for (JsonNode group : cluster.path("spec").path("workerGroupSpecs")) {
      long pods =
          group.path("replicas").asLong(0) * Math.max(1, group.path("numOfHosts").asLong(1));
      if (!group.path("suspend").asBoolean() && pods > 0) {
        sum.limits(group.path("template"), pods);
      }
    }
    return new Requested(
        sum.limited.contains("cpu") ? sum.cpu.plain() : "",
        sum.limited.contains("memory") ? sum.memory.bytes() : "",
        sum.gpu.plain(),
        sum.tpu.plain());
  }

  /** What one pod or template of a pod asks for. */
  public static Requested ofPod(JsonNode pod) {
    Sum sum = new Sum();
    sum.add(pod, 1);
    return new Requested(sum.cpu.plain(), sum.memory.bytes(), sum.gpu.plain(), sum.tpu.plain());
  }

  private static final class Sum {
    private Quantity cpu = Quantity.ZERO;
    private Quantity memory = Quantity.ZERO;
    private Quantity gpu = Quantity.ZERO;
    private Quantity tpu = Quantity.ZERO;

    /** What every container so far has a limit of. */
    private final Set<String> limited = new HashSet<>(Set.of("cpu", "memory"));

    void limits(JsonNode template, long times) {
      for (JsonNode container : template.path("spec").path("containers")) {
        JsonNode limits = container.path("resources").path("limits");
        limited.removeIf(resource -> !limits.has(resource));
        limits.properties().forEach(limit -> add(limit.getKey(), limit.getValue(), times));
      }
    }

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
