package dev.muster.daemon.sandbox.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.schema.Shape;
import dev.muster.daemon.sandbox.store.Json;
import java.util.Map;

/** Puts the fields of one object over another's, and takes single fields away. */
final class Merge {

  private Merge() {}

  /** What {@code live} becomes with what {@code applied} says; neither is changed. */
  static JsonNode over(Shape shape, JsonNode live, JsonNode applied) {
    if (live.isObject() && applied.isObject() && !shape.atomicObject()) {
      ObjectNode result = live.deepCopy();
      for (Map.Entry<String, JsonNode> field : applied.properties()) {
        String name = field.getKey();
        result.set(name, over(shape.field(name), live.path(name), field.getValue()));
      }
      return result;
    }
    if (live.isArray() && applied.isArray()) {
      if (shape.set()) {
        return union(live, applied);
      }
      if (!shape.keys().isEmpty()) {
        return items(shape, live, applied);
      }
    }
    return applied.deepCopy();
  }

  private static ArrayNode union(JsonNode live, JsonNode applied) {
    ArrayNode result = live.deepCopy();
    for (JsonNode item : applied) {
      boolean there = false;
      for (JsonNode old : live) {
        there |= old.equals(item);
      }
      if (!there) {
        result.add(item);
      }
    }
    return result;
  }

  private static ArrayNode items(Shape shape, JsonNode live, JsonNode applied) {
    ArrayNode result = Json.array();
    for (JsonNode old : live) {
      JsonNode item = find(shape, applied, Leaves.keys(shape, old));
      result.add(item == null ? old.deepCopy() : over(shape.item(), old, item));
    }
    for (JsonNode item : applied) {
      if (find(shape, live, Leaves.keys(shape, item)) == null) {
        result.add(item.deepCopy());
      }
    }
    return result;
  }

  private static JsonNode find(Shape shape, JsonNode list, ObjectNode keys) {
    for (JsonNode item : list) {
      if (Leaves.keys(shape, item).equals(keys)) {
        return item;
      }
    }
    return null;
  }

  /** Takes a field out; an object or list that is empty without it goes too. */
  static void remove(Shape shape, JsonNode from, FieldPath path) {
    remove(shape, from, path, 0);
  }

  private static void remove(Shape shape, JsonNode place, FieldPath path, int depth) {
    String part = path.parts().get(depth);
    boolean last = depth == path.parts().size() - 1;
    if (part.startsWith("f:") && place instanceof ObjectNode object) {
      String name = part.substring(2);
      JsonNode inner = object.path(name);
      if (!last) {
        remove(shape.field(name), inner, path, depth + 1);
      }
      if (last || inner.isEmpty()) {
        object.remove(name);
      }
    } else if (place instanceof ArrayNode array) {
      JsonNode wanted = FieldPath.json(part);
      for (int i = array.size() - 1; i >= 0; i--) {
        JsonNode item = array.get(i);
        boolean value = part.startsWith("v:");
        if (value ? item.equals(wanted) : Leaves.keys(shape, item).equals(wanted)) {
          if (!last) {
            remove(shape.item(), item, path, depth + 1);
          }
          if (last || item.isEmpty()) {
            array.remove(i);
          }
        }
      }
    }
  }
}
