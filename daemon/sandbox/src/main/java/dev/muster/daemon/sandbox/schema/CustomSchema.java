package dev.muster.daemon.sandbox.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The schema of a custom resource, as its operator's CustomResourceDefinition states it: what the
 * API server drops, fills in and refuses, in the words of
 * k8s.io/apiextensions-apiserver/pkg/apiserver/validation.
 */
public final class CustomSchema {

  /** Faults after which a real server does not even look at a CRD's own rules. */
  private static final Set<String> BLOCKING =
      Set.of(
          "FieldValueNotSupported",
          "FieldValueRequired",
          "FieldValueTooLong",
          "FieldValueTooMany",
          "FieldValueTypeInvalid");

  private final JsonNode root;
  private final Structure structure;
  private final JsonSchema schema;
  private final Rule always;
  private final List<Rule> rules;

  /**
   * @param root the schema, all in one piece
   * @param rules the CRD's own, for objects that fit the schema well enough
   */
  CustomSchema(JsonNode root, List<Rule> rules) {
    this.root = root;
    this.structure = new Structure(root);
    this.schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
    this.always = Rules.structure(root);
    this.rules = rules;
  }

  /** How objects of the resource are built, for those who compare or merge them field by field. */
  public Shape shape() {
    return Shape.of(root);
  }

  /** Drops unknown fields, and nothing else; the paths of the dropped ones come back. */
  public List<String> prune(ObjectNode object) {
    return structure.prune(object);
  }

  /** Drops unknown fields and fills in defaults; the paths of the dropped ones come back. */
  public List<String> fit(ObjectNode object) {
    return structure.fit(object);
  }

  /**
   * What is wrong with an object.
   *
   * @param before the version that is being replaced, null on creation
   */
  public List<Cause> validate(JsonNode object, JsonNode before) {
    TreeMap<String, Cause> causes = new TreeMap<>();
    for (ValidationMessage message :
        schema.validate(object).stream()
            .sorted(Comparator.comparing(ValidationMessage::getType))
            .toList()) {
      Cause cause = cause(message);
      causes.putIfAbsent(cause.field(), cause);
    }
    List<Cause> result = new ArrayList<>(causes.values());
    always.check(object, before, result);
    if (result.stream().noneMatch(cause -> BLOCKING.contains(cause.reason()))) {
      rules.forEach(rule -> rule.check(object, before, result));
    } else if (!rules.isEmpty()) {
      result.add(
          Cause.invalid(
              "<nil>",
              "\"null\"",
              "some validation rules were not checked because the object was invalid; correct the"
                  + " existing errors to complete validation"));
    }
    return result;
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
      case "minimum" ->
          Cause.invalid(
              field,
              value.toString(),
              "%s in body should be greater than or equal to %s".formatted(field, rule));
      case "minItems" ->
          Cause.invalid(
              field,
              Integer.toString(value.size()),
              "%s in body should have at least %s items".formatted(field, rule));
      case "maxItems" ->
          new Cause(
              field,
              "FieldValueTooMany",
              "Too many: %d: must have at most %s items".formatted(value.size(), rule));
      case "maxLength" ->
          new Cause(
              field,
              "FieldValueTooLong",
              "Too long: may not be more than %s bytes".formatted(rule));
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
