package dev.muster.daemon.kubernetes.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.define.Syntax;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A RayCluster that somebody wants to be created, checked before anything is sent.
 *
 * @param object the whole of it
 * @param name its name
 * @param namespace the namespace that it names; empty for none
 * @param version of its apiVersion, such as "v1"
 */
record Manifest(ObjectNode object, String name, String namespace, String version) {
  private static final String GROUP = "ray.io/";

  /**
   * @param origin what the text came from
   * @throws Failure USAGE with origin, and line if it is no YAML
   */
  static Manifest parse(String yaml, String origin) {
    JsonNode root = Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8), origin);
    if (!(root instanceof ObjectNode object)) {
      throw usage(origin + " holds no Kubernetes object.");
    }
    String kind = object.path("kind").asText("");
    String apiVersion = object.path("apiVersion").asText("");
    if (kind.isEmpty() || apiVersion.isEmpty()) {
      throw usage(origin + " holds no Kubernetes object: it has no kind or no apiVersion.");
    }
    if (!kind.equals("RayCluster") || !apiVersion.startsWith(GROUP)) {
      throw usage(
          origin + " holds the kind " + kind + " (" + apiVersion + "), not a RayCluster (ray.io).");
    }
    JsonNode metadata = object.path("metadata");
    if (!metadata.isObject() || !object.path("spec").isObject()) {
      throw usage(origin + ": the RayCluster has no metadata or no spec.");
    }
    String name = metadata.path("name").asText("");
    if (name.isEmpty()) {
      throw usage(origin + ": the RayCluster has no metadata.name.");
    }
    Optional<String> broken = Syntax.cluster(name);
    if (broken.isPresent()) {
      throw usage(origin + ": \"" + name + "\" " + broken.get() + ".");
    }
    String namespace = metadata.path("namespace").asText("");
    Optional<String> wrong = namespace.isEmpty() ? Optional.empty() : Syntax.namespace(namespace);
    if (wrong.isPresent()) {
      throw usage(origin + ": \"" + namespace + "\" " + wrong.get() + ".");
    }
    return new Manifest(object, name, namespace, apiVersion.substring(GROUP.length()));
  }

  private static Failure usage(String sentence) {
    return new Failure(Failure.Kind.USAGE, sentence);
  }
}
