package dev.muster.daemon.sandbox.kueue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.store.Json;
import java.util.Map;

/**
 * What an admission puts into the pod template of one pod set.
 *
 * @param podSet its name
 * @param tolerations of the flavors
 */
record Injection(String podSet, Map<String, String> nodeSelector, ArrayNode tolerations) {

  static final String POD_SET = "kueue.x-k8s.io/podset";

  /** As an AppWrapper keeps it. */
  ObjectNode json() {
    ObjectNode json = Json.object();
    json.putObject("labels").put(POD_SET, podSet);
    if (!nodeSelector.isEmpty()) {
      nodeSelector.forEach(json.putObject("nodeSelector")::put);
    }
    if (!tolerations.isEmpty()) {
      json.set("tolerations", tolerations.deepCopy());
    }
    return json;
  }

  /** Puts it into a template. */
  void into(ObjectNode template) {
    Json.child(Json.child(template, "metadata"), "labels").put(POD_SET, podSet);
    ObjectNode spec = Json.child(template, "spec");
    nodeSelector.forEach(
        (key, value) -> {
          ObjectNode selector = Json.child(spec, "nodeSelector");
          if (!selector.has(key)) {
            selector.put(key, value);
          }
        });
    if (!tolerations.isEmpty()) {
      ArrayNode all =
          spec.path("tolerations") instanceof ArrayNode old ? old : spec.putArray("tolerations");
      all.addAll(tolerations.deepCopy());
    }
  }

  /** Makes a template's labels, selector and tolerations again what they were. */
  static void restore(ObjectNode template, JsonNode original) {
    put(template, "metadata", "labels", original);
    put(template, "metadata", "annotations", original);
    put(template, "spec", "nodeSelector", original);
    put(template, "spec", "tolerations", original);
  }

  private static void put(ObjectNode template, String part, String field, JsonNode original) {
    JsonNode was = original.path(part).path(field);
    if (!was.isMissingNode()) {
      Json.child(template, part).set(field, was.deepCopy());
    } else if (template.get(part) instanceof ObjectNode object) {
      object.remove(field);
    }
  }
}
