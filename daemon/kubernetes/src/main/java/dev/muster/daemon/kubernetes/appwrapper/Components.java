package dev.muster.daemon.kubernetes.appwrapper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.kubernetes.kinds.Meta;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an AppWrapper wraps, in any of its shapes: "spec.components[].template" (v1beta2) and
 * "spec.resources.GenericItems[].generictemplate" (both v1beta1).
 */
public final class Components {
  private Components() {}

  /** Every wrapped object as it stands in the AppWrapper. */
  public static List<ObjectNode> of(JsonNode appWrapper) {
    List<ObjectNode> found = new ArrayList<>();
    for (JsonNode component : appWrapper.path("spec").path("components")) {
      if (component.path("template") instanceof ObjectNode template) {
        found.add(template);
      }
    }
    for (JsonNode item : appWrapper.path("spec").path("resources").path("GenericItems")) {
      if (item.path("generictemplate") instanceof ObjectNode template) {
        found.add(template);
      }
    }
    return found;
  }

  /** The wrapped RayClusters of the AppWrapper's own namespace, by name. */
  public static Map<String, ObjectNode> clusters(JsonNode appWrapper) {
    Map<String, ObjectNode> clusters = new LinkedHashMap<>();
    String namespace = Meta.namespace(appWrapper);
    for (ObjectNode template : of(appWrapper)) {
      String at = Meta.namespace(template);
      if (template.path("kind").asText("").equals("RayCluster")
          && !Meta.name(template).isEmpty()
          && (at.isEmpty() || namespace.isEmpty() || at.equals(namespace))) {
        clusters.put(Meta.name(template), template);
      }
    }
    return clusters;
  }
}
