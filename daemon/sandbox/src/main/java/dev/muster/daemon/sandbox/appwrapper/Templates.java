package dev.muster.daemon.sandbox.appwrapper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.store.Json;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds pod templates within a wrapped object and brings them into the form that Kueue compares
 * (pkg/utils/utils.go of AppWrapper 1.2.0).
 */
public final class Templates {

  private static final Pattern STEP = Pattern.compile("\\.([^.\\[]+)|\\[([^\\]]*)\\]");
  private static final List<String> CONTAINER_FIELDS =
      List.of("name", "image", "command", "args", "securityContext");
  private static final List<String> POD_FIELDS =
      List.of(
          "nodeSelector",
          "nodeName",
          "affinity",
          "tolerations",
          "priorityClassName",
          "overhead",
          "topologySpreadConstraints");
  private static final Map<String, String> POD_DEFAULTS =
      Map.of(
          "restartPolicy", "Always",
          "dnsPolicy", "ClusterFirst",
          "schedulerName", "default-scheduler",
          "preemptionPolicy", "PreemptLowerPriority");

  private Templates() {}

  /**
   * What lies at a path such as {@code template.spec.workerGroupSpecs[0].template}.
   *
   * @param component the wrapped object, which {@code template} stands for
   * @throws IllegalArgumentException in the operator's words when nothing does
   */
  static JsonNode at(JsonNode component, String path) {
    if (!path.startsWith("template")) {
      throw new IllegalArgumentException("first element of the path must be 'template'");
    }
    JsonNode place = component;
    int end = "template".length();
    Matcher step = STEP.matcher(path);
    while (end < path.length()) {
      String done = path.substring(0, end);
      if (!step.find(end) || step.start() != end) {
        throw new IllegalArgumentException(
            "at path position '%s' invalid path element '%s'".formatted(done, path.substring(end)));
      }
      place = step.group(1) == null ? item(place, step, done) : field(place, step, done);
      end = step.end();
    }
    return place;
  }

  private static JsonNode field(JsonNode place, Matcher step, String done) {
    JsonNode found = place.path(step.group(1));
    if (found.isMissingNode()) {
      throw new IllegalArgumentException(
          place.isObject()
              ? "at path position '%s.' missing field '%s'".formatted(done, step.group(1))
              : "at path position '%s.' non-map value".formatted(done));
    }
    return found;
  }

  private static JsonNode item(JsonNode place, Matcher step, String done) {
    String index = step.group(2);
    if (!place.isArray()) {
      throw new IllegalArgumentException(
          "at path position '%s' found non-array value".formatted(done));
    }
    if (!index.matches("[0-9]{1,6}") || Integer.parseInt(index) >= place.size()) {
      throw new IllegalArgumentException(
          "at path position '%s' out of bounds index '%s'".formatted(done, index));
    }
    return place.get(Integer.parseInt(index));
  }

  /**
   * The pod template at a path, with what an API server would fill in.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static ObjectNode podTemplate(JsonNode component, String path) {
    JsonNode found = at(component, path);
    if (!(found.path("spec") instanceof ObjectNode spec)) {
      throw new IllegalArgumentException("content at %s does not contain a spec".formatted(path));
    }
    ObjectNode template = Json.object();
    ObjectNode metadata = template.putObject("metadata");
    copy(found.path("metadata"), metadata, List.of("labels", "annotations"));
    ObjectNode pod = template.putObject("spec");
    copy(spec, pod, POD_FIELDS);
    POD_DEFAULTS.forEach((field, value) -> pod.put(field, spec.path(field).asText(value)));
    copy(spec, pod, List.of("securityContext"));
    Json.child(pod, "securityContext");
    pod.put("terminationGracePeriodSeconds", 30);
    for (String list : List.of("initContainers", "containers")) {
      if (spec.has(list)) {
        ArrayNode containers = pod.putArray(list);
        spec.path(list).forEach(container -> containers.add(container(container)));
      }
    }
    return template;
  }

  private static ObjectNode container(JsonNode from) {
    ObjectNode container = Json.object();
    copy(from, container, CONTAINER_FIELDS);
    ObjectNode resources = container.putObject("resources");
    copy(from.path("resources"), resources, List.of("requests", "limits"));
    String image = from.path("image").asText("");
    boolean latest = image.endsWith(":latest") || !image.matches(".*[:@][^/]*");
    container.put(
        "imagePullPolicy", from.path("imagePullPolicy").asText(latest ? "Always" : "IfNotPresent"));
    container.put(
        "terminationMessagePath",
        from.path("terminationMessagePath").asText("/dev/termination-log"));
    container.put("terminationMessagePolicy", from.path("terminationMessagePolicy").asText("File"));
    return container;
  }

  private static void copy(JsonNode from, ObjectNode to, List<String> fields) {
    for (String field : fields) {
      if (from.has(field)) {
        to.set(field, from.get(field).deepCopy());
      }
    }
  }
}
