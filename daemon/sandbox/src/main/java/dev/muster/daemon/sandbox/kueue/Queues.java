package dev.muster.daemon.sandbox.kueue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.sandbox.api.LabelSelector;
import dev.muster.daemon.sandbox.controllers.Objects;
import dev.muster.daemon.sandbox.store.ObjectKey;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Kueue's own objects, as they are now. */
final class Queues {

  private final Objects objects;

  Queues(Objects objects) {
    this.objects = objects;
  }

  List<StoredObject> all(ResourceType type) {
    return objects.store().list(type, "").objects();
  }

  Stream<Workload> workloads() {
    return all(ResourceType.WORKLOADS).stream().map(stored -> new Workload(objects, stored));
  }

  Optional<JsonNode> local(String namespace, String name) {
    return objects
        .store()
        .get(ResourceType.LOCALQUEUES, new ObjectKey(namespace, name))
        .map(StoredObject::tree);
  }

  Optional<JsonNode> cluster(String name) {
    return objects
        .store()
        .get(ResourceType.CLUSTERQUEUES, new ObjectKey("", name))
        .map(StoredObject::tree);
  }

  Map<String, JsonNode> flavors() {
    Map<String, JsonNode> flavors = new TreeMap<>();
    all(ResourceType.RESOURCEFLAVORS)
        .forEach(stored -> flavors.put(stored.key().name(), stored.tree()));
    return flavors;
  }

  /** Neither held nor drained. */
  static boolean open(JsonNode queue) {
    return queue.at("/spec/stopPolicy").asText("None").equals("None");
  }

  /** Also gives back what it has given. */
  static boolean draining(JsonNode queue) {
    return queue.at("/spec/stopPolicy").asText("").equals("HoldAndDrain");
  }

  /**
   * Why a cluster queue admits nothing: reason and message of its condition Active.
   *
   * @return empty when it does
   */
  Optional<Map.Entry<String, String>> inactive(JsonNode cluster) {
    if (cluster.path("metadata").has("deletionTimestamp")) {
      return Optional.of(
          Map.entry("Terminating", "Can't admit new workloads; clusterQueue is terminating"));
    }
    List<String> reasons = new ArrayList<>();
    List<String> messages = new ArrayList<>();
    if (!open(cluster)) {
      reasons.add("Stopped");
      messages.add("is stopped");
    }
    TreeSet<String> missing = new TreeSet<>(flavorsOf(cluster));
    missing.removeAll(flavors().keySet());
    if (!missing.isEmpty()) {
      reasons.add("FlavorNotFound");
      messages.add("references missing ResourceFlavor(s): " + String.join(",", missing));
    }
    return reasons.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Map.entry(
                reasons.getFirst(),
                "Can't admit new workloads: %s.".formatted(String.join(", ", messages))));
  }

  static List<String> flavorsOf(JsonNode cluster) {
    List<String> names = new ArrayList<>();
    for (JsonNode group : cluster.at("/spec/resourceGroups")) {
      group.path("flavors").forEach(flavor -> names.add(flavor.path("name").asText()));
    }
    return names;
  }

  /** Whether a cluster queue takes workloads of a namespace; without a selector of none. */
  boolean serves(JsonNode cluster, String namespace) {
    JsonNode selector = cluster.at("/spec/namespaceSelector");
    if (!selector.isObject()) {
      return false;
    }
    List<String> terms = new ArrayList<>();
    selector
        .path("matchLabels")
        .properties()
        .forEach(label -> terms.add(label.getKey() + "=" + label.getValue().asText()));
    selector.path("matchExpressions").forEach(expression -> terms.add(term(expression)));
    return objects
        .store()
        .get(ResourceType.NAMESPACES, new ObjectKey("", namespace))
        .filter(found -> LabelSelector.parse(String.join(",", terms)).test(found.labels()))
        .isPresent();
  }

  private static String term(JsonNode expression) {
    String key = expression.path("key").asText();
    List<String> values = new ArrayList<>();
    expression.path("values").forEach(value -> values.add(value.asText()));
    String list = values.stream().collect(Collectors.joining(",", "(", ")"));
    return switch (expression.path("operator").asText()) {
      case "In" -> key + " in " + list;
      case "NotIn" -> key + " notin " + list;
      case "DoesNotExist" -> "!" + key;
      default -> key;
    };
  }

  /** The priority of a class, 0 when there is none of that name. */
  int priority(String priorityClass) {
    return objects
        .store()
        .get(ResourceType.WORKLOADPRIORITYCLASSES, new ObjectKey("", priorityClass))
        .map(found -> found.tree().path("value").asInt())
        .orElse(0);
  }
}
