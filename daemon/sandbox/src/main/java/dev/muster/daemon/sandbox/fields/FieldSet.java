package dev.muster.daemon.sandbox.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.store.Json;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** FieldsV1: a set of fields as nested objects, out of JSON and into it. */
final class FieldSet {

  /** Says that the place itself belongs to the set, and not only what lies in it. */
  private static final String SELF = ".";

  private FieldSet() {}

  static SortedSet<FieldPath> read(JsonNode json) {
    SortedSet<FieldPath> paths = new TreeSet<>();
    read(json, FieldPath.ROOT, paths);
    return paths;
  }

  private static void read(JsonNode json, FieldPath at, SortedSet<FieldPath> paths) {
    for (Map.Entry<String, JsonNode> part : json.properties()) {
      if (part.getKey().equals(SELF)) {
        paths.add(at);
        continue;
      }
      FieldPath next = at.with(part.getKey());
      if (part.getValue().isEmpty()) {
        paths.add(next);
      } else {
        read(part.getValue(), next, paths);
      }
    }
  }

  static ObjectNode write(Collection<FieldPath> paths) {
    ObjectNode root = Json.object();
    for (FieldPath path : paths) {
      ObjectNode place = root;
      for (String part : path.parts()) {
        place = Json.child(place, part);
      }
      place.putObject(SELF);
    }
    simplify(root);
    return root;
  }

  /** A place with nothing in it needs no mark of its own. */
  private static void simplify(ObjectNode place) {
    for (Map.Entry<String, JsonNode> part : place.properties()) {
      ObjectNode inner = (ObjectNode) part.getValue();
      if (inner.size() == 1 && inner.has(SELF)) {
        inner.removeAll();
      } else {
        simplify(inner);
      }
    }
  }
}
