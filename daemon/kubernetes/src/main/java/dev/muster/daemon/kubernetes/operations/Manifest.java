package dev.muster.daemon.kubernetes.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.appwrapper.Components;
import dev.muster.daemon.kubernetes.define.Syntax;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * An object that somebody wants to be so, checked before anything is sent.
 *
 * @param resource what it is
 * @param object the whole of it
 * @param name its name
 * @param namespace the namespace that it names; empty for none
 * @param group of its apiVersion, such as "ray.io"
 * @param version of its apiVersion, such as "v1"
 */
record Manifest(
    Resource resource,
    ObjectNode object,
    String name,
    String namespace,
    String group,
    String version) {

  /**
   * @param wanted what was named; a RayCluster may come wrapped in an AppWrapper
   * @param origin what the text came from
   * @throws Failure USAGE with origin, and line if it is no YAML
   */
  static Manifest parse(Resource wanted, String yaml, String origin) {
    JsonNode root = Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8), origin);
    if (!(root instanceof ObjectNode object)) {
      throw Failure.usage(origin + " holds no Kubernetes object.");
    }
    String kind = object.path("kind").asText("");
    String apiVersion = object.path("apiVersion").asText("");
    if (kind.isEmpty() || apiVersion.isEmpty()) {
      throw Failure.usage(origin + " holds no Kubernetes object: it has no kind or no apiVersion.");
    }
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    Resource resource =
        accepted(wanted).stream()
            .filter(r -> r.title().equals(kind) && r.groups().contains(group))
            .findFirst()
            .orElseThrow(() -> other(wanted, kind, apiVersion, origin));
    JsonNode metadata = object.path("metadata");
    boolean bare = resource.name().equals("workloadpriorityclass");
    if (!metadata.isObject() || (!bare && !object.path("spec").isObject())) {
      throw Failure.usage(origin + ": the " + kind + " has no metadata or no spec.");
    }
    checkNames(resource, metadata, origin);
    if (resource.name().equals(AppWrapperRow.KIND)) {
      checkWrapped(wanted, object, origin);
    }
    return new Manifest(
        resource,
        object,
        metadata.path("name").asText(),
        metadata.path("namespace").asText(""),
        group,
        apiVersion.substring(slash + 1));
  }

  private static List<Resource> accepted(Resource wanted) {
    return wanted.name().equals(RayClusterRow.KIND)
        ? List.of(wanted, AppWrapperRow.RESOURCE)
        : List.of(wanted);
  }

  private static Failure other(Resource wanted, String kind, String apiVersion, String origin) {
    return Failure.usage(
        origin
            + " holds the kind "
            + kind
            + " ("
            + apiVersion
            + "), not "
            + wanted.titleWithArticle()
            + " ("
            + wanted.groups().getFirst()
            + ")"
            + (accepted(wanted).size() > 1 ? ", alone or in an AppWrapper." : "."));
  }

  private static void checkNames(Resource resource, JsonNode metadata, String origin) {
    String name = metadata.path("name").asText("");
    if (name.isEmpty()) {
      throw Failure.usage(origin + ": the " + resource.title() + " has no metadata.name.");
    }
    Optional<String> broken =
        resource.name().equals(RayClusterRow.KIND) ? Syntax.cluster(name) : Names.broken(name);
    if (broken.isPresent()) {
      throw Failure.usage(origin + ": \"" + name + "\" " + broken.get() + ".");
    }
    String namespace = metadata.path("namespace").asText("");
    Optional<String> wrong = namespace.isEmpty() ? Optional.empty() : Syntax.namespace(namespace);
    if (wrong.isPresent()) {
      throw Failure.usage(origin + ": \"" + namespace + "\" " + wrong.get() + ".");
    }
  }

  private static void checkWrapped(Resource wanted, ObjectNode wrapper, String origin) {
    if (Components.of(wrapper).isEmpty()) {
      throw Failure.usage(
          origin
              + ": the AppWrapper wraps nothing: it has no spec.components (or, in v1beta1,"
              + " spec.resources.GenericItems).");
    }
    boolean clusters = wanted.name().equals(RayClusterRow.KIND);
    if (clusters && Components.clusters(wrapper).isEmpty()) {
      throw Failure.usage(origin + ": the AppWrapper wraps no RayCluster.");
    }
  }

  /** Whether it is the same object as the other one, however different. */
  boolean isOf(Manifest other) {
    return resource.name().equals(other.resource.name())
        && name.equals(other.name)
        && namespace.equals(other.namespace);
  }

  /** Where it goes: the namespace that it names, or the one that was asked for. */
  String place(String asked, boolean said, String origin) {
    if (!resource.namespaced()) {
      return "";
    }
    if (said && !namespace.isEmpty() && !namespace.equals(asked)) {
      throw Failure.usage(
          origin
              + " is for the namespace "
              + namespace
              + ", but "
              + asked
              + " was asked for; drop one of the two.");
    }
    return namespace.isEmpty() ? asked : namespace;
  }

  /** The object as it is sent. */
  ObjectNode body(String apiVersion, String place) {
    ObjectNode body = object.deepCopy();
    body.put("apiVersion", apiVersion);
    if (!place.isEmpty()) {
      ((ObjectNode) body.path("metadata")).put("namespace", place);
    }
    return body;
  }

  String sentence(String place) {
    return resource.sentence(place, Meta.name(object));
  }
}
