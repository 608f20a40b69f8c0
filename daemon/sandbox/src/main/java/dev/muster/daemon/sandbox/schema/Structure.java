package dev.muster.daemon.sandbox.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What a structural schema does to an object before it is validated: fields that it does not name
 * are dropped (and reported), and defaults are filled in. See "Extend the Kubernetes API with
 * CustomResourceDefinitions: specifying a structural schema, pruning, defaulting".
 */
final class Structure {

  private final JsonNode root;

  Structure(JsonNode root) {
    this.root = root;
  }

  /** Changes the object in place; the paths of the fields dropped come back. */
  List<String> fit(ObjectNode object) {
    List<String> dropped = new ArrayList<>();
    object(root, object, "", dropped, true);
    return dropped;
  }

  /** Drops only. */
  List<String> prune(ObjectNode object) {
    List<String> dropped = new ArrayList<>();
    object(root, object, "", dropped, false);
    return dropped;
  }

  private void value(
      JsonNode schema, JsonNode value, String path, List<String> dropped, boolean fill) {
    JsonNode resolved = resolve(schema);
    if (value instanceof ObjectNode object) {
      object(resolved, object, path, dropped, fill);
    } else if (value instanceof ArrayNode array && resolved.has("items")) {
      for (int i = 0; i < array.size(); i++) {
        value(resolved.get("items"), array.get(i), path + "[" + i + "]", dropped, fill);
      }
    }
  }

  private void object(
      JsonNode schema, ObjectNode object, String path, List<String> dropped, boolean fill) {
    JsonNode properties = schema.path("properties");
    JsonNode additional = schema.path("additionalProperties");
    // An object without any description of its fields, such as metadata, is left alone.
    boolean open =
        schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()
            || (properties.isMissingNode() && additional.isMissingNode());
    if (fill) {
      // First, for a default may be an object with defaults of its own.
      presets(properties, object);
    }
    for (Iterator<Map.Entry<String, JsonNode>> all = object.properties().iterator();
        all.hasNext(); ) {
      Map.Entry<String, JsonNode> field = all.next();
      String at = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
      JsonNode known = properties.path(field.getKey());
      if (!known.isMissingNode()) {
        if (field.getValue().isNull() && !resolve(known).path("nullable").asBoolean()) {
          all.remove();
        } else {
          value(known, field.getValue(), at, dropped, fill);
        }
      } else if (additional.isObject()) {
        value(additional, field.getValue(), at, dropped, fill);
      } else if (!open && !additional.asBoolean()) {
        dropped.add(at);
        all.remove();
      }
    }
  }

  private void presets(JsonNode properties, ObjectNode object) {
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      JsonNode preset = resolve(property.getValue()).path("default");
      if (!preset.isMissingNode() && !object.has(property.getKey())) {
        object.set(property.getKey(), preset.deepCopy());
      }
    }
  }

  private JsonNode resolve(JsonNode schema) {
    return Shape.resolve(root, schema);
  }
}
