package dev.muster.daemon.sandbox.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.muster.daemon.sandbox.schema.Cause;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ResourceType;
import java.util.List;

/** Reads request bodies. */
final class Bodies {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private Bodies() {}

  /** An object of that resource, in JSON or YAML. */
  static ObjectNode object(Call call, ResourceType type) {
    String wrong =
        "the object provided is unrecognized (must be of type %s): ".formatted(type.kind());
    JsonNode tree;
    try {
      tree = mapper(call).readTree(call.body());
    } catch (JsonProcessingException e) {
      throw Failures.badRequest(wrong + "couldn't get version/kind; " + problem(e));
    }
    if (!(tree instanceof ObjectNode object)) {
      throw Failures.badRequest(wrong + "couldn't get version/kind; it is no object");
    }
    if (type.custom() && object.path("kind").asText("").isEmpty()) {
      throw Failures.badRequest(wrong + "Object 'Kind' is missing in '" + object + "'");
    }
    check(object, type);
    return object;
  }

  /** What a server-side apply says. */
  static ObjectNode applied(Call call, ResourceType type) {
    JsonNode tree;
    try {
      tree = YAML.readTree(call.body());
    } catch (JsonProcessingException e) {
      throw Failures.badRequest("error decoding YAML: " + problem(e));
    }
    if (!(tree instanceof ObjectNode object)) {
      throw Failures.badRequest("error decoding YAML: it is no object");
    }
    if (object.path("apiVersion").asText("").isEmpty()
        || object.path("kind").asText("").isEmpty()) {
      throw Failures.badRequest("the applied object must name its apiVersion and its kind");
    }
    check(object, type);
    if (!object.at("/metadata/managedFields").isEmpty()) {
      throw Failures.badRequest("metadata.managedFields must be nil");
    }
    return object;
  }

  /** Refuses an object of another kind than the path's. */
  static void check(ObjectNode tree, ResourceType type) {
    String version = tree.path("apiVersion").asText(type.apiVersion());
    String kind = tree.path("kind").asText(type.kind());
    if (!version.equals(type.apiVersion())) {
      throw Failures.badRequest(
          "the API version in the data (%s) does not match the expected API version (%s)"
              .formatted(version, type.apiVersion()));
    }
    if (!kind.equals(type.kind())) {
      throw type.custom()
          ? Failures.invalid(
              type,
              kind,
              tree.at("/metadata/name").asText(""),
              List.of(Cause.invalid("kind", "\"" + kind + "\"", "must be " + type.kind())))
          : Failures.badRequest(
              "%s in version \"%s\" cannot be handled as a %s"
                  .formatted(kind, type.version(), type.kind()));
    }
    tree.put("apiVersion", version).put("kind", kind);
  }

  /** The options of a deletion; an empty body is an empty object. */
  static ObjectNode options(Call call) {
    if (!call.hasBody()) {
      return Json.object();
    }
    try {
      return mapper(call).readTree(call.body()) instanceof ObjectNode object
          ? object
          : Json.object();
    } catch (JsonProcessingException e) {
      throw Failures.badRequest("couldn't get version/kind; " + problem(e));
    }
  }

  /** A patch in JSON. */
  static JsonNode patch(Call call) {
    try {
      return Json.MAPPER.readTree(call.body());
    } catch (JsonProcessingException e) {
      throw Failures.badRequest("error decoding patch: " + problem(e));
    }
  }

  private static ObjectMapper mapper(Call call) {
    return switch (call.contentType()) {
      case "application/yaml" -> YAML;
      case "", "application/json" -> Json.MAPPER;
      default ->
          throw Failures.unsupportedMediaType(
              "the body of the request was in an unknown format - accepted media types include:"
                  + " application/json, application/yaml");
    };
  }

  private static String problem(JsonProcessingException e) {
    // Without the parser's own remarks on where it was.
    String first = e.getOriginalMessage().lines().findFirst().orElse("");
    return "parse error: " + first.replaceFirst(" \\(start marker.*", "");
  }
}
