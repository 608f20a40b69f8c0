package dev.muster.daemon.sandbox.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Goes through an object along its schema. */
final class Walk {

  /** Sees one place. */
  @FunctionalInterface
  interface Visitor {

    /**
     * @param old what was there before, missing when nothing was
     */
    void visit(JsonNode schema, JsonNode value, JsonNode old, String path);
  }

  private final JsonNode root;
  private final Visitor visitor;

  private Walk(JsonNode root, Visitor visitor) {
    this.root = root;
    this.visitor = visitor;
  }

  /**
   * Shows every place that the schema describes to the visitor.
   *
   * @param before the version that is being replaced, null on creation
   */
  static void through(JsonNode root, JsonNode object, JsonNode before, Visitor visitor) {
    new Walk(root, visitor).at(root, object, before == null ? object : before, "");
  }

  private void at(JsonNode schema, JsonNode value, JsonNode old, String path) {
    JsonNode resolved = Shape.resolve(root, schema);
    visitor.visit(resolved, value, old, path);
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      JsonNode known = resolved.path("properties").path(field.getKey());
      if (!known.isMissingNode()) {
        String deeper = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
        at(known, field.getValue(), old.path(field.getKey()), deeper);
      }
    }
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      // Items have no identity here: what is immutable in them cannot be told from what is new.
      JsonNode item = value.get(i);
      at(resolved.path("items"), item, item, path + "[" + i + "]");
    }
  }
}
