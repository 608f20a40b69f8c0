package dev.muster.daemon.kubernetes.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.kubernetes.Yaml;

/** A JSON merge patch (RFC 7396) that makes one object from another. */
final class MergePatch {
  private MergePatch() {}

  /** What is to be sent; empty when they are equal. A list that differs is sent whole. */
  static ObjectNode between(ObjectNode before, ObjectNode after) {
    ObjectNode patch = Yaml.JSON.createObjectNode();
    before
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!after.has(name)) {
                patch.putNull(name);
              }
            });
    after
        .properties()
        .forEach(
            field -> {
              JsonNode was = before.get(field.getKey());
              JsonNode is = field.getValue();
              if (was instanceof ObjectNode from && is instanceof ObjectNode to) {
                ObjectNode inner = between(from, to);
                if (!inner.isEmpty()) {
                  patch.set(field.getKey(), inner);
                }
              } else if (!is.equals(was)) {
                patch.set(field.getKey(), is);
              }
            });
    return patch;
  }
}
