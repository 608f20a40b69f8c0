package dev.muster.daemon.sandbox.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules that hold for every schema. */
final class Rules {

  private Rules() {}

  /** Embedded objects need an apiVersion and a kind, and the items of keyed lists are unique. */
  static Rule structure(JsonNode root) {
    return (object, before, causes) ->
        Walk.through(
            root,
            object,
            before,
            (schema, value, old, path) -> {
              if (schema.path("x-kubernetes-embedded-resource").asBoolean()) {
                embedded(value, path, causes);
              }
              if (schema.path("x-kubernetes-list-type").asText().equals("map")) {
                unique(schema.path("x-kubernetes-list-map-keys"), value, path, causes);
              }
            });
  }

  private static void embedded(JsonNode value, String path, List<Cause> causes) {
    for (String field : List.of("apiVersion", "kind")) {
      if (value.path(field).asText("").isEmpty()) {
        causes.add(Cause.required(path + "." + field, "must not be empty"));
      }
    }
  }

  private static void unique(JsonNode keys, JsonNode list, String path, List<Cause> causes) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      StringBuilder text = new StringBuilder();
      for (JsonNode key : keys) {
        JsonNode value = list.get(i).path(key.asText());
        if (!value.isMissingNode()) {
          text.append(text.isEmpty() ? "" : ", ").append(key).append(':').append(value);
        }
      }
      if (!seen.add(text.toString())) {
        causes.add(
            new Cause(
                "%s[%d]".formatted(path, i),
                "FieldValueDuplicate",
                "Duplicate value: map[string]interface {}{%s}".formatted(text)));
      }
    }
  }

  /** Fields whose schema says {@code self == oldSelf}. */
  static Rule immutable(JsonNode root) {
    return (object, before, causes) ->
        Walk.through(
            root,
            object,
            before,
            (schema, value, old, path) -> {
              for (JsonNode rule : schema.path("x-kubernetes-validations")) {
                if (!old.isMissingNode() && !value.equals(old)) {
                  causes.add(Cause.invalid(path, "\"string\"", rule.path("message").asText()));
                }
              }
            });
  }

  /** Two of a ClusterQueue's own. */
  static void clusterQueue(JsonNode object, JsonNode before, List<Cause> causes) {
    JsonNode groups = object.at("/spec/resourceGroups");
    boolean borrows = false;
    for (int i = 0; i < groups.size(); i++) {
      int covered = groups.get(i).path("coveredResources").size();
      boolean even = true;
      for (JsonNode flavor : groups.get(i).path("flavors")) {
        even &= flavor.path("resources").size() == covered;
        borrows |= !flavor.path("resources").findValues("borrowingLimit").isEmpty();
      }
      if (!even) {
        causes.add(
            Cause.invalid(
                "spec.resourceGroups[%d]".formatted(i),
                "\"object\"",
                "flavors must have the same number of resources as the coveredResources"));
      }
    }
    if (borrows && !object.at("/spec").has("cohort")) {
      causes.add(
          Cause.invalid("spec", "\"object\"", "borrowingLimit must be nil when cohort is empty"));
    }
  }
}
