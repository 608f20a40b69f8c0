package dev.muster.daemon.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.schema.Cause;
import dev.muster.daemon.sandbox.schema.Schemas;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What every object that comes from outside goes through: unknown fields, defaults, validation. */
final class Intake {

  private static final Set<String> METADATA =
      Set.of(
          "name",
          "generateName",
          "namespace",
          "selfLink",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "labels",
          "annotations",
          "ownerReferences",
          "finalizers",
          "managedFields");

  private final Schemas schemas;

  Intake(Schemas schemas) {
    this.schemas = schemas;
  }

  /**
   * Drops what the resource does not know and fills in defaults.
   *
   * @return warnings, when the call asked for those (as it does by default)
   */
  List<String> fit(ResourceType type, ObjectNode tree, Call call) {
    List<String> unknown = unknown(tree);
    if (type.custom()) {
      unknown.addAll(schemas.of(type).fit(tree));
    }
    return report(type, unknown, call);
  }

  /**
   * Checks a part of an object, for a server-side apply: there, nothing may be unknown.
   *
   * @param name of the object, with its namespace
   */
  void checkApplied(ResourceType type, ObjectNode tree, String name) {
    List<String> unknown = unknown(tree);
    unknown.addAll(schemas.of(type).prune(tree));
    if (!unknown.isEmpty()) {
      String fields =
          unknown.stream()
              .map(field -> ".%s: field not declared in schema".formatted(field))
              .collect(Collectors.joining("\n  "));
      throw Failures.internal(
          "failed to create typed patch object (%s; %s, Kind=%s): %s"
              .formatted(
                  name,
                  type.apiVersion(),
                  type.kind(),
                  unknown.size() == 1 ? fields : "errors:\n  " + fields));
    }
  }

  /** Fills in defaults, and drops silently what the resource does not know. */
  void fit(ResourceType type, ObjectNode tree) {
    if (type.custom()) {
      schemas.of(type).fit(tree);
    }
  }

  /** Drops what no metadata has, and says what that was. */
  private static List<String> unknown(ObjectNode tree) {
    List<String> unknown = new ArrayList<>();
    if (!(tree.path("metadata") instanceof ObjectNode)) {
      tree.putObject("metadata");
    }
    ObjectNode metadata = (ObjectNode) tree.get("metadata");
    metadata
        .properties()
        .removeIf(
            field -> {
              boolean known = METADATA.contains(field.getKey());
              if (!known) {
                unknown.add("metadata." + field.getKey());
              }
              return !known || field.getValue().isNull();
            });
    metadata.remove("managedFields");
    return unknown;
  }

  private static List<String> report(ResourceType type, List<String> unknown, Call call) {
    String validation = call.option("fieldValidation");
    return switch (validation) {
      case "Ignore" -> List.of();
      case "", "Warn" -> unknown.stream().map(path -> "unknown field \"" + path + "\"").toList();
      case "Strict" -> {
        refuse(type, unknown);
        yield List.of();
      }
      default ->
          throw Failures.invalidOptions(
              DryRun.optionsOf(call),
              new Cause(
                  "fieldValidation",
                  "FieldValueNotSupported",
                  "Unsupported value: \"%s\": supported values: \"\", \"Ignore\", \"Strict\","
                          .formatted(validation)
                      + " \"Warn\""));
    };
  }

  private static void refuse(ResourceType type, List<String> unknown) {
    if (!unknown.isEmpty()) {
      List<String> fields = unknown.stream().map(path -> "unknown field \"" + path + "\"").toList();
      throw Failures.badRequest(
          "%1$s in version \"%2$s\" cannot be handled as a %1$s: strict decoding error: %3$s"
              .formatted(type.kind(), type.version(), String.join(", ", fields)));
    }
  }

  /**
   * Refuses what is not valid.
   *
   * @param before the version that is being replaced, null on creation
   */
  void validate(ResourceType type, ObjectNode tree, JsonNode before) {
    JsonNode metadata = tree.path("metadata");
    String name = metadata.path("name").asText("");
    List<Cause> causes = new ArrayList<>(Names.check(type, name));
    causes.addAll(Names.checkLabels(Json.strings(metadata.path("labels"))));
    causes.addAll(Names.checkOwners(metadata.path("ownerReferences")));
    if (type.custom()) {
      causes.addAll(schemas.of(type).validate(tree, before));
    } else if (type.equals(ResourceType.PODS) && tree.at("/spec/containers").isEmpty()) {
      causes.add(Cause.required("spec.containers", ""));
    } else if (type.equals(ResourceType.EVENTS)
        && !tree.at("/involvedObject/namespace")
            .asText("default")
            .equals(metadata.path("namespace").asText())) {
      causes.add(
          Cause.invalid(
              "involvedObject.namespace",
              tree.at("/involvedObject/namespace").toString(),
              "does not match event.namespace"));
    }
    if (!causes.isEmpty()) {
      throw Failures.invalid(type, name, causes);
    }
  }
}
