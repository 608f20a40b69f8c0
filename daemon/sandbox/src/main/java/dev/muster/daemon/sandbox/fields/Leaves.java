package dev.muster.daemon.sandbox.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.schema.Shape;
import dev.muster.daemon.sandbox.store.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The fields of an object that somebody can own, each with its value. */
final class Leaves {

  /** Written by the server, or what the object is found by: nobody owns these. */
  private static final Set<String> METADATA =
      Set.of(
          "name",
          "namespace",
          "uid",
          "selfLink",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "managedFields");

  private Leaves() {}

  /**
   * Takes an object apart.
   *
   * @param status whether it is written through its status, which is then all that counts; it does
   *     not count otherwise
   */
  static SortedMap<FieldPath, JsonNode> of(Shape shape, JsonNode object, boolean status) {
    ObjectNode owned = Json.tree(Json.bytes(object));
    if (status) {
      owned.retain("status");
    } else {
      owned.remove(List.of("apiVersion", "kind", "status"));
      if (owned.get("metadata") instanceof ObjectNode metadata) {
        metadata.remove(METADATA);
        if (metadata.isEmpty()) {
          owned.remove("metadata");
        }
      }
    }
    SortedMap<FieldPath, JsonNode> leaves = new TreeMap<>();
    collect(shape, owned, FieldPath.ROOT, leaves);
    leaves.remove(FieldPath.ROOT);
    return leaves;
  }

  private static void collect(
      Shape shape, JsonNode value, FieldPath at, Map<FieldPath, JsonNode> leaves) {
    if (value.isEmpty()) {
      leaves.put(at, value);
    } else if (value.isObject() && !shape.atomicObject()) {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        String name = field.getKey();
        collect(shape.field(name), field.getValue(), at.field(name), leaves);
      }
    } else if (value.isArray() && shape.set()) {
      value.forEach(item -> leaves.put(at.value(item), item));
    } else if (value.isArray() && !shape.keys().isEmpty()) {
      for (JsonNode item : value) {
        collect(shape.item(), item, at.item(keys(shape, item)), leaves);
      }
    } else {
      leaves.put(at, value);
    }
  }

  /** What tells an item of a list apart: the values of its keys, or their defaults. */
  static ObjectNode keys(Shape list, JsonNode item) {
    ObjectNode keys = Json.object();
    list.keys().stream()
        .sorted()
        .forEach(
            key -> {
              JsonNode value = item.has(key) ? item.get(key) : list.item().preset(key);
              if (!value.isMissingNode()) {
                keys.set(key, value);
              }
            });
    return keys;
  }
}
