package dev.muster.daemon.sandbox.kueue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.controllers.Quantity;
import dev.muster.daemon.sandbox.store.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Like pods of one job.
 *
 * @param template a pod template
 */
record PodSet(String name, int count, JsonNode template) {

  /** Those of a workload. */
  static List<PodSet> of(JsonNode workload) {
    List<PodSet> sets = new ArrayList<>();
    for (JsonNode set : workload.at("/spec/podSets")) {
      sets.add(
          new PodSet(
              set.path("name").asText("main"), set.path("count").asInt(1), set.path("template")));
    }
    return sets;
  }

  ObjectNode json() {
    ObjectNode json = Json.object().put("name", name).put("count", count);
    json.set("template", template.deepCopy());
    return json;
  }

  /** Whether another asks for the same: what Kueue itself puts into templates does not count. */
  boolean matches(PodSet other) {
    JsonNode mine = template.path("spec");
    JsonNode theirs = other.template.path("spec");
    return name.equals(other.name)
        && count == other.count
        && mine.path("containers").equals(theirs.path("containers"))
        && mine.path("initContainers").equals(theirs.path("initContainers"));
  }

  /** What all its pods ask for together: requests, or limits where there is no request. */
  Map<String, Quantity> requests() {
    Map<String, Quantity> sum = new TreeMap<>();
    for (JsonNode container : template.at("/spec/containers")) {
      quantities(container.path("resources"))
          .forEach((name, quantity) -> sum.merge(name, quantity, Quantity::plus));
    }
    for (JsonNode container : template.at("/spec/initContainers")) {
      quantities(container.path("resources"))
          .forEach(
              (name, quantity) ->
                  sum.merge(name, quantity, (a, b) -> a.value().compareTo(b.value()) < 0 ? b : a));
    }
    Map<String, Quantity> result = new TreeMap<>();
    sum.forEach((name, quantity) -> result.put(name, Resources.form(name, quantity.times(count))));
    return result;
  }

  private static Map<String, Quantity> quantities(JsonNode resources) {
    Map<String, String> texts = Json.strings(resources.path("limits"));
    texts.putAll(Json.strings(resources.path("requests")));
    Map<String, Quantity> quantities = new TreeMap<>();
    texts.forEach((name, text) -> quantities.put(name, Quantity.parse(text)));
    return quantities;
  }
}
