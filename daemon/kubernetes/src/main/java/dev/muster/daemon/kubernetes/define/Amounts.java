package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Quantity;
import dev.muster.daemon.kubernetes.Yaml;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the container of a group asks for and may use, and what Ray is told of it. */
final class Amounts {
  private static final String STORAGE = "ephemeral-storage";

  private final String prefix;
  private final ObjectNode group;
  private final ObjectNode requests;
  private final ObjectNode limits;

  /**
   * @param prefix of its options: "head" or "worker"
   */
  Amounts(String prefix, ObjectNode group, ObjectNode container) {
    this.prefix = prefix;
    this.group = group;
    ObjectNode resources = container.withObjectProperty("resources");
    this.requests = resources.withObjectProperty("requests");
    this.limits = resources.withObjectProperty("limits");
  }

  /** Sets what the options "PREFIX-cpu-requests" and so on say. */
  void set(Settings settings, ExtendedResources extended) {
    settings.cpu(prefix + "-cpu-requests").ifPresent(v -> requests.put("cpu", v));
    settings.cpu(prefix + "-cpu-limits").ifPresent(v -> limits.put("cpu", v));
    settings.memory(prefix + "-memory-requests").ifPresent(v -> requests.put("memory", v));
    settings.memory(prefix + "-memory-limits").ifPresent(v -> limits.put("memory", v));
    settings
        .memory(prefix + "-" + STORAGE)
        .ifPresent(v -> List.of(requests, limits).forEach(amounts -> amounts.put(STORAGE, v)));
    fits("cpu");
    fits("memory");
    if (settings.has(prefix + "-cpu-limits")) {
      Quantity limit = Quantity.parse(limits.path("cpu").asText()).orElseThrow();
      long whole = limit.value().setScale(0, RoundingMode.FLOOR).longValue();
      parameters().put("num-cpus", Long.toString(Math.max(1, whole)));
    }
    Map<String, Integer> asked = extended.asked(settings, prefix);
    if (!asked.isEmpty()) {
      devices(asked, extended);
    }
  }

  private ObjectNode parameters() {
    return group.withObjectProperty("rayStartParams");
  }

  private void devices(Map<String, Integer> asked, ExtendedResources extended) {
    asked.forEach(
        (resource, count) -> {
          for (ObjectNode amounts : List.of(requests, limits)) {
            if (count == 0) {
              amounts.remove(resource);
            } else {
              amounts.put(resource, Integer.toString(count));
            }
          }
        });
    Map<String, Long> mapped = new LinkedHashMap<>();
    limits
        .properties()
        .forEach(
            limit ->
                extended
                    .ray(limit.getKey())
                    .ifPresent(ray -> mapped.merge(ray, limit.getValue().asLong(), Long::sum)));
    long gpus = Optional.ofNullable(mapped.remove(ExtendedResources.GPU)).orElse(0L);
    parameters().put("num-gpus", Long.toString(gpus));
    ObjectNode others = named(parameters().path("resources").asText(""));
    asked.keySet().forEach(resource -> extended.ray(resource).ifPresent(others::remove));
    mapped.forEach(others::put);
    // Quoted twice: KubeRay puts it into a shell's command line as it stands.
    parameters().put("resources", "\"" + Yaml.json(others).replace("\"", "\\\"") + "\"");
  }

  /** The resources of Ray that a template names itself. */
  private ObjectNode named(String quoted) {
    String text = quoted.replaceAll("^['\"]|['\"]$", "").replace("\\\"", "\"");
    if (text.isBlank()) {
      return Yaml.JSON.createObjectNode();
    }
    JsonNode tree = Yaml.parse(text.getBytes(StandardCharsets.UTF_8), "resources");
    if (!(tree instanceof ObjectNode resources)) {
      throw new Failure(
          Failure.Kind.USAGE,
          "The template's " + prefix + " has rayStartParams.resources that are no JSON object.");
    }
    return resources;
  }

  private void fits(String resource) {
    Optional<Quantity> request = Quantity.parse(requests.path(resource).asText(""));
    Optional<Quantity> limit = Quantity.parse(limits.path(resource).asText(""));
    if (request.isPresent() && limit.isPresent() && request.get().compareTo(limit.get()) > 0) {
      Settings.complain(
          prefix + "-" + resource + "-requests",
          requests.path(resource).asText(),
          "is more than --"
              + prefix
              + "-"
              + resource
              + "-limits, which is "
              + limits.path(resource).asText());
    }
  }
}
