package dev.muster.daemon.sandbox.fields;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Who owns fields: one entry of an object's {@code metadata.managedFields}, but for its time and
 * its fields.
 *
 * @param operation {@code Apply} or {@code Update}
 * @param subresource {@code status} or empty
 */
record Manager(String name, String operation, String apiVersion, String subresource) {

  static Manager applier(String name, String apiVersion, String subresource) {
    return new Manager(name, "Apply", apiVersion, subresource);
  }

  static Manager updater(String name, String apiVersion, String subresource) {
    return new Manager(name, "Update", apiVersion, subresource);
  }

  static Manager of(JsonNode entry) {
    return new Manager(
        entry.path("manager").asText(""),
        entry.path("operation").asText(""),
        entry.path("apiVersion").asText(""),
        entry.path("subresource").asText(""));
  }

  /** As k8s.io/apimachinery/pkg/util/managedfields names it in conflicts. */
  String text() {
    String text = "\"" + name + "\"";
    if (!subresource.isEmpty()) {
      text += " with subresource \"" + subresource + "\"";
    }
    return operation.equals("Update") ? text + " using " + apiVersion : text;
  }
}
