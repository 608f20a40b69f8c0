package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.kubernetes.Yaml;
import java.util.Optional;

/**
 * An AppWrapper: what is queued, started and deleted as one. It has had three shapes; the newest
 * holds components, the two older ones generic items with the resources of their pods beside them.
 */
public final class Wrapper {
  /** Its API groups and versions; the newest first. */
  public enum Shape {
    V1BETA2("v1beta2", "workload.codeflare.dev/v1beta2", ""),
    V1BETA1("v1beta1", "workload.codeflare.dev/v1beta1", "workload.codeflare.dev/appwrapper"),
    MCAD("mcad", "mcad.ibm.com/v1beta1", "appwrapper.mcad.ibm.com");

    final String option;
    final String apiVersion;

    /** By which the older dispatchers find the pods of theirs; empty where it is not needed. */
    final String podLabel;

    /** Its group and version. */
    public String apiVersion() {
      return apiVersion;
    }

    /** The label by which its dispatcher finds the pods of an AppWrapper; empty: it needs none. */
    public String podLabel() {
      return podLabel;
    }

    Shape(String option, String apiVersion, String podLabel) {
      this.option = option;
      this.apiVersion = apiVersion;
      this.podLabel = podLabel;
    }

    /**
     * The shape of that name.
     *
     * @param text its option ("v1beta2") or its group and version
     */
    public static Optional<Shape> of(String text) {
      for (Shape shape : values()) {
        if (shape.option.equals(text) || shape.apiVersion.equals(text)) {
          return Optional.of(shape);
        }
      }
      return Optional.empty();
    }
  }

  /** The middle of what codeflare-sdk's template said: neither first nor last in the queue. */
  private static final int PRIORITY = 9;

  private final ObjectNode tree;
  private final Shape shape;

  private Wrapper(ObjectNode tree, Shape shape) {
    this.tree = tree;
    this.shape = shape;
  }

  static Wrapper around(ObjectNode cluster, Shape shape) {
    ObjectNode tree = Yaml.JSON.createObjectNode();
    tree.put("apiVersion", shape.apiVersion).put("kind", "AppWrapper");
    tree.putObject("metadata");
    if (shape != Shape.V1BETA2) {
      tree.putObject("spec").put("priority", PRIORITY);
    }
    Wrapper wrapper = new Wrapper(tree, shape);
    wrapper.add(cluster);
    return wrapper;
  }

  /** A template that is one; empty if it is of no shape that is known, or holds no RayCluster. */
  static Optional<Wrapper> template(ObjectNode tree) {
    return Shape.of(tree.path("apiVersion").asText(""))
        .map(shape -> new Wrapper(tree, shape))
        .filter(wrapper -> wrapper.find().isPresent());
  }

  ObjectNode tree() {
    return tree;
  }

  Shape shape() {
    return shape;
  }

  private boolean isOld() {
    return shape != Shape.V1BETA2;
  }

  private String field() {
    return isOld() ? "generictemplate" : "template";
  }

  private ArrayNode parts() {
    ObjectNode spec = tree.withObjectProperty("spec");
    return isOld()
        ? spec.withObjectProperty("resources").withArrayProperty("GenericItems")
        : spec.withArrayProperty("components");
  }

  int size() {
    return parts().size();
  }

  /** The RayCluster in it. */
  ObjectNode cluster() {
    return (ObjectNode) find().orElseThrow().path(field());
  }

  private Optional<ObjectNode> find() {
    for (JsonNode part : parts()) {
      if (part instanceof ObjectNode item
          && part.path(field()) instanceof ObjectNode object
          && Templates.isRayCluster(object)) {
        return Optional.of(item);
      }
    }
    return Optional.empty();
  }

  void add(ObjectNode object) {
    ObjectNode part = parts().addObject();
    if (isOld()) {
      part.put("replicas", 1);
    }
    part.set(field(), object);
  }

  /**
   * What can be said only when the RayCluster is complete: the wrapper's own name and labels, and
   * what its dispatcher must know of the pods.
   *
   * @param namespace empty: the context's
   */
  void complete(String name, String namespace, Optional<String> queue, Optional<String> machines) {
    ObjectNode metadata = tree.withObjectProperty("metadata");
    metadata.put("name", name);
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    queue.ifPresent(q -> metadata.withObjectProperty("labels").put(Queueing.LABEL, q));
    machines.ifPresent(m -> metadata.withObjectProperty("labels").put("orderedinstance", m));
    if (isOld()) {
      pods(name);
    }
  }

  private void pods(String name) {
    ObjectNode item = find().orElseThrow();
    ObjectNode cluster = cluster();
    if (shape == Shape.MCAD) {
      // Servers of that age know no other version, and later ones still know it.
      cluster.put("apiVersion", "ray.io/v1alpha1");
    }
    cluster.withObjectProperty("metadata").withObjectProperty("labels").put(shape.podLabel, name);
    ArrayNode resources = Yaml.JSON.createArrayNode();
    JsonNode spec = cluster.path("spec");
    pod(resources, name, spec.path("headGroupSpec"), 1);
    for (JsonNode group : spec.path("workerGroupSpecs")) {
      pod(resources, name, group, group.path("replicas").asInt(1));
    }
    item.set("custompodresources", resources);
  }

  private void pod(ArrayNode resources, String name, JsonNode group, int replicas) {
    ((ObjectNode) group.path("template"))
        .withObjectProperty("metadata")
        .withObjectProperty("labels")
        .put(shape.podLabel, name);
    JsonNode amounts =
        group.path("template").path("spec").path("containers").path(0).path("resources");
    ObjectNode pod = resources.addObject().put("replicas", replicas);
    pod.set("requests", amounts.path("requests").deepCopy());
    pod.set("limits", amounts.path("limits").deepCopy());
  }
}
