package dev.muster.daemon.kubernetes.raycluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * What the Ray container of one pod asks for and may use: "3G~6G", one amount where the two are the
 * same, "2~" where there is no limit, and nothing where neither is said.
 *
 * @param gpu a number, 0 for none
 */
record EachPod(String cpu, String memory, String gpu) {
  /**
   * @param template of the pod
   */
  static EachPod of(JsonNode template) {
    JsonNode resources = template.path("spec").path("containers").path(0).path("resources");
    return new EachPod(range(resources, "cpu"), range(resources, "memory"), gpus(resources));
  }

  ObjectNode put(ObjectNode into) {
    return into.put("cpu", cpu).put("memory", memory).put("gpu", gpu);
  }

  private static String range(JsonNode resources, String resource) {
    String limit = resources.path("limits").path(resource).asText("");
    // Kubernetes takes the limit for the request where there is none.
    String request = resources.path("requests").path(resource).asText(limit);
    return request.equals(limit) ? limit : request + "~" + limit;
  }

  /** They are the same in both; the limit counts. */
  private static String gpus(JsonNode resources) {
    return resources.path("limits").properties().stream()
        .filter(limit -> limit.getKey().toLowerCase(Locale.ROOT).endsWith("gpu"))
        .map(limit -> limit.getValue().asText(""))
        .findFirst()
        .orElse("0");
  }
}
