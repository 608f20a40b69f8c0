package dev.muster.daemon.kubernetes.kueue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.kubernetes.Quantity;
import dev.muster.daemon.kubernetes.Yaml;
import java.util.Map;
import java.util.TreeMap;

/** What a Workload asks for in all, by resource, as Kubernetes quantities. */
final class Requested {
  private Requested() {}

  /** As Kueue summed it up; before it has, what its groups of pods ask for. */
  static ObjectNode of(JsonNode workload) {
    Map<String, Quantity> sums = new TreeMap<>();
    JsonNode status = workload.path("status");
    for (JsonNode assigned : status.path("admission").path("podSetAssignments")) {
      add(sums, assigned.path("resourceUsage"), 1);
    }
    if (sums.isEmpty()) {
      for (JsonNode request : status.path("resourceRequests")) {
        add(sums, request.path("resources"), 1);
      }
    }
    if (sums.isEmpty()) {
      for (JsonNode set : workload.path("spec").path("podSets")) {
        for (JsonNode container : set.path("template").path("spec").path("containers")) {
          add(sums, container.path("resources").path("requests"), set.path("count").asLong(1));
        }
      }
    }
    ObjectNode requested = Yaml.JSON.createObjectNode();
    sums.forEach(
        (resource, sum) ->
            requested.put(resource, resource.equals("memory") ? sum.bytes() : sum.plain()));
    return requested;
  }

  private static void add(Map<String, Quantity> sums, JsonNode amounts, long times) {
    amounts
        .properties()
        .forEach(
            e ->
                sums.merge(
                    e.getKey(),
                    Quantity.parse(e.getValue().asText("")).orElse(Quantity.ZERO).times(times),
                    Quantity::plus));
  }
}
