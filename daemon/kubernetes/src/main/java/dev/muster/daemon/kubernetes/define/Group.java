package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Quantity;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The head or one group of workers in a template's tree. */
final class Group {
  private static final String GPU = "nvidia.com/gpu";

  private final String option;
  private final ObjectNode group;
  private final ObjectNode pod;
  private final ObjectNode container;

  /**
   * @param option the prefix of its options: "head" or "worker"
   */
  Group(String option, ObjectNode group) {
    this.option = option;
    this.group = group;
    if (!(group.path("template").path("spec") instanceof ObjectNode spec)
        || !(spec.path("containers").path(0) instanceof ObjectNode first)) {
      throw new Failure(
          Failure.Kind.USAGE, "The template's " + option + " has no template.spec.containers.");
    }
    this.pod = spec;
    this.container = first;
  }

  ObjectNode tree() {
    return group;
  }

  void image(String image) {
    container.put("image", image);
  }

  void serviceAccount(String name) {
    pod.put("serviceAccountName", name);
  }

  void pullSecrets(List<String> names) {
    ArrayNode secrets = pod.putArray("imagePullSecrets");
    names.forEach(name -> secrets.addObject().put("name", name));
  }

  void annotations(Map<String, String> annotations) {
    ObjectNode template = (ObjectNode) group.path("template");
    ObjectNode map = template.withObjectProperty("metadata").withObjectProperty("annotations");
    annotations.forEach(map::put);
  }

  /** Those that are there are replaced in their place. */
  void variables(Map<String, String> variables) {
    ArrayNode list = container.withArrayProperty("env");
    variables.forEach(
        (name, value) -> {
          ObjectNode there = null;
          for (JsonNode variable : list) {
            if (variable.path("name").asText().equals(name) && variable instanceof ObjectNode one) {
              there = one;
            }
          }
          ObjectNode variable = there == null ? list.addObject() : there;
          variable.removeAll();
          variable.put("name", name).put("value", value);
        });
  }

  /** Sets what the options "PREFIX-cpu-requests" and so on say, and what Ray must be told of it. */
  void resources(Settings settings) {
    ObjectNode requests = container.withObjectProperty("resources").withObjectProperty("requests");
    ObjectNode limits = container.withObjectProperty("resources").withObjectProperty("limits");
    settings.cpu(option + "-cpu-requests").ifPresent(v -> requests.put("cpu", v));
    settings.cpu(option + "-cpu-limits").ifPresent(v -> limits.put("cpu", v));
    settings.memory(option + "-memory-requests").ifPresent(v -> requests.put("memory", v));
    settings.memory(option + "-memory-limits").ifPresent(v -> limits.put("memory", v));
    fits("cpu", requests, limits);
    fits("memory", requests, limits);
    if (settings.has(option + "-cpu-limits")) {
      Quantity limit = Quantity.parse(limits.path("cpu").asText()).orElseThrow();
      long whole = limit.value().setScale(0, RoundingMode.FLOOR).longValue();
      group.withObjectProperty("rayStartParams").put("num-cpus", Long.toString(Math.max(1, whole)));
    }
    settings.gpus(option + "-gpus").ifPresent(gpus -> gpus(gpus, requests, limits));
  }

  private void gpus(int gpus, ObjectNode requests, ObjectNode limits) {
    group.withObjectProperty("rayStartParams").put("num-gpus", Integer.toString(gpus));
    for (ObjectNode amounts : List.of(requests, limits)) {
      if (gpus == 0) {
        amounts.remove(GPU);
      } else {
        amounts.put(GPU, Integer.toString(gpus));
      }
    }
  }

  private void fits(String resource, ObjectNode requests, ObjectNode limits) {
    Optional<Quantity> request = Quantity.parse(requests.path(resource).asText(""));
    Optional<Quantity> limit = Quantity.parse(limits.path(resource).asText(""));
    if (request.isPresent() && limit.isPresent() && request.get().compareTo(limit.get()) > 0) {
      Settings.complain(
          option + "-" + resource + "-requests",
          requests.path(resource).asText(),
          "is more than --"
              + option
              + "-"
              + resource
              + "-limits, which is "
              + limits.path(resource).asText());
    }
  }
}
