package dev.muster.daemon.sandbox.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.muster.daemon.sandbox.store.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The RayCluster CRD's schema, as KubeRay 1.5.1 ships it: what the API server drops, fills in and
 * refuses, in the words of k8s.io/apiextensions-apiserver/pkg/apiserver/validation.
 */
public final class RayClusterSchema {

  private static final String RESOURCE = "raycluster-v1.schema.json";
  private static final Set<String> MANAGERS =
      Set.of("ray.io/kuberay-operator", "kueue.x-k8s.io/multikueue");

  private final Structure structure;
  private final JsonSchema schema;

  public RayClusterSchema() {
    try (InputStream in = RayClusterSchema.class.getResourceAsStream(RESOURCE)) {
      JsonNode root = Json.MAPPER.readTree(in);
      for (JsonNode open : root.findParents("x-kubernetes-int-or-string")) {
        // One type with two names instead of two alternatives: one message instead of three.
        ((ObjectNode) open).remove("anyOf");
        ((ObjectNode) open).putArray("type").add("integer").add("string");
      }
      structure = new Structure(root);
      schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Drops unknown fields and fills in defaults; the paths of the dropped ones come back. */
  public List<String> fit(ObjectNode cluster) {
    return structure.fit(cluster);
  }

  /**
   * What is wrong with a cluster.
   *
   * @param before the version that is being replaced, null on creation
   */
  public List<Cause> validate(JsonNode cluster, JsonNode before) {
    TreeMap<String, Cause> causes = new TreeMap<>();
    for (ValidationMessage message :
        schema.validate(cluster).stream()
            .sorted(Comparator.comparing(ValidationMessage::getType))
            .toList()) {
      Cause cause = cause(message);
      causes.putIfAbsent(cause.field(), cause);
    }
    List<Cause> result = new ArrayList<>(causes.values());
    if (result.isEmpty()) {
      checkManager(cluster, before, result);
    } else {
      result.add(
          Cause.invalid(
              "<nil>",
              "\"null\"",
              "some validation rules were not checked because the object was invalid; correct the"
                  + " existing errors to complete validation"));
    }
    return result;
  }

  /** The CRD's two x-kubernetes-validations. */
  private static void checkManager(JsonNode cluster, JsonNode before, List<Cause> causes) {
    String field = "spec.managedBy";
    JsonNode manager = cluster.at("/spec/managedBy");
    if (!manager.isTextual()) {
      return;
    }
    JsonNode old = before == null ? manager : before.at("/spec/managedBy");
    if (old.isTextual() && !old.equals(manager)) {
      causes.add(Cause.invalid(field, "\"string\"", "the managedBy field is immutable"));
    }
    if (!MANAGERS.contains(manager.asText())) {
      causes.add(
          Cause.invalid(
              field,
              "\"string\"",
              "the managedBy field value must be either 'ray.io/kuberay-operator' or"
                  + " 'kueue.x-k8s.io/multikueue'"));
    }
  }

  private static Cause cause(ValidationMessage message) {
    String field = path(message.getInstanceLocation());
    JsonNode value = message.getInstanceNode();
    JsonNode rule = message.getSchemaNode();
    return switch (message.getType()) {
      case "required" ->
          Cause.required(
              field.isEmpty() ? message.getProperty() : field + "." + message.getProperty(), "");
      case "type" ->
          new Cause(
              field,
              "FieldValueTypeInvalid",
              "Invalid value: \"%1$s\": %2$s in body must be of type %3$s: \"%1$s\""
                  .formatted(
                      typeName(value), field, rule.isArray() ? "integer,string" : rule.asText()));
      case "pattern" ->
          Cause.invalid(
              field, value.toString(), field + " in body should match '" + rule.asText() + "'");
      case "enum" ->
          new Cause(
              field,
              "FieldValueNotSupported",
              "Unsupported value: %s: supported values: %s".formatted(value, values(rule)));
      default -> Cause.invalid(field, value.toString(), message.getError());
    };
  }

  private static String values(JsonNode rule) {
    return StreamSupport.stream(rule.spliterator(), false)
        .map(JsonNode::toString)
        .collect(Collectors.joining(", "));
  }

  private static String path(JsonNodePath location) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < location.getNameCount(); i++) {
      if (location.getElement(i) instanceof Integer index) {
        text.append('[').append(index).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(location.getElement(i));
      }
    }
    return text.toString();
  }

  private static String typeName(JsonNode value) {
    return switch (value.getNodeType()) {
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      case OBJECT -> "object";
      case ARRAY -> "array";
      case BOOLEAN -> "boolean";
      case NULL -> "null";
      default -> "string";
    };
  }
}
