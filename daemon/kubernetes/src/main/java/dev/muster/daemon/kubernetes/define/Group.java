package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import java.util.List;
import java.util.Map;

/** The head or one group of workers in a template's tree. */
final class Group {
  private final String option;
  private final ObjectNode group;
  private final ObjectNode pod;
  private final ObjectNode container;

  /**
   * @param option the prefix of its options: "head" or "worker"
   */
  Group(String option, ObjectNode group) {
    this.option = option;
    this.group = group;
    if (!(group.path("template").path("spec") instanceof ObjectNode spec)
        || !(spec.path("containers").path(0) instanceof ObjectNode first)) {
      throw new Failure(
          Failure.Kind.USAGE, "The template's " + option + " has no template.spec.containers.");
    }
    this.pod = spec;
    this.container = first;
  }

  ObjectNode tree() {
    return group;
  }

  ObjectNode container() {
    return container;
  }

  /** What the options with this group's prefix say. */
  void set(Settings settings, ExtendedResources extended) {
    new Amounts(option, group, container).set(settings, extended);
    Map<String, String> selectors =
        settings.pairs(option + "-node-selectors", Syntax::key, Syntax::labelValue);
    if (!selectors.isEmpty()) {
      ObjectNode map = pod.withObjectProperty("nodeSelector");
      selectors.forEach(map::put);
    }
    Map<String, String> parameters =
        settings.pairs(option + "-ray-start-params", Syntax::parameter, Syntax::anything);
    if (!parameters.isEmpty()) {
      ObjectNode map = group.withObjectProperty("rayStartParams");
      parameters.forEach(map::put);
    }
    List<ObjectNode> tolerations = Tolerations.read(settings, option + "-tolerations");
    if (!tolerations.isEmpty()) {
      pod.putArray("tolerations").addAll(tolerations);
    }
  }

  void image(String image) {
    container.put("image", image);
  }

  void serviceAccount(String name) {
    pod.put("serviceAccountName", name);
  }

  void pullSecrets(List<String> names) {
    ArrayNode secrets = pod.putArray("imagePullSecrets");
    names.forEach(name -> secrets.addObject().put("name", name));
  }

  void annotations(Map<String, String> annotations) {
    ObjectNode map = metadata().withObjectProperty("annotations");
    annotations.forEach(map::put);
  }

  void labels(Map<String, String> labels) {
    ObjectNode map = metadata().withObjectProperty("labels");
    labels.forEach(map::put);
  }

  private ObjectNode metadata() {
    return ((ObjectNode) group.path("template")).withObjectProperty("metadata");
  }

  /** Those that are there are replaced in their place. */
  void variables(Map<String, String> variables) {
    ArrayNode list = container.withArrayProperty("env");
    variables.forEach(
        (name, value) -> {
          ObjectNode there = find(list, "name", name);
          ObjectNode variable = there == null ? list.addObject() : there;
          variable.removeAll();
          variable.put("name", name).put("value", value);
        });
  }

  boolean hasVariable(String name) {
    return find(container.withArrayProperty("env"), "name", name) != null;
  }

  /** Those that are there are replaced in their place. */
  void volumes(List<ObjectNode> volumes) {
    volumes.forEach(volume -> put(pod.withArrayProperty("volumes"), "name", volume));
  }

  /** Those that are there are replaced in their place. */
  void mounts(List<ObjectNode> mounts) {
    for (ObjectNode mount : mounts) {
      String volume = mount.path("name").asText();
      if (find(pod.withArrayProperty("volumes"), "name", volume) == null) {
        Settings.complain(
            "volume-mounts", volume, "is not the name of a volume; --volumes describes it");
      }
      put(container.withArrayProperty("volumeMounts"), "mountPath", mount);
    }
  }

  private static void put(ArrayNode list, String key, ObjectNode one) {
    ObjectNode there = find(list, key, one.path(key).asText());
    if (there == null) {
      list.add(one.deepCopy());
    } else {
      there.removeAll();
      there.setAll(one.deepCopy());
    }
  }

  private static ObjectNode find(ArrayNode list, String key, String value) {
    for (JsonNode one : list) {
      if (one.path(key).asText("").equals(value) && one instanceof ObjectNode found) {
        return found;
      }
    }
    return null;
  }
}
