package dev.muster.daemon.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.fields.Apply;
import dev.muster.daemon.sandbox.fields.FieldPath;
import dev.muster.daemon.sandbox.fields.Ownership;
import dev.muster.daemon.sandbox.schema.Cause;
import dev.muster.daemon.sandbox.schema.Schemas;
import dev.muster.daemon.sandbox.schema.Shape;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Who owns which fields of custom resources. The status that the simulated operators write is
 * nobody's, unlike on a real server; of the server's own kinds nothing is noted.
 */
final class FieldManagers {

  private final Schemas schemas;
  private final Stamp stamp;

  FieldManagers(Schemas schemas, Stamp stamp) {
    this.schemas = schemas;
    this.stamp = stamp;
  }

  /** Who calls: the option fieldManager, or else the client's name. */
  static String of(Call call) {
    String asked = call.option("fieldManager");
    return asked.isEmpty() ? call.agent().replaceFirst("/.*", "") : asked;
  }

  /**
   * Notes a write that was no apply.
   *
   * @param before null for a new object
   */
  void updated(
      ResourceType type, JsonNode before, ObjectNode after, String manager, String subresource) {
    if (type.custom()) {
      Ownership.update(shape(type), before, after, manager, subresource, stamp.now());
    }
  }

  Apply apply(ResourceType type, String manager, String subresource) {
    return new Apply(shape(type), manager, type.apiVersion(), subresource, stamp.now());
  }

  private Shape shape(ResourceType type) {
    return schemas.of(type).shape();
  }

  /** As k8s.io/apimachinery/pkg/util/managedfields words it. */
  static ApiException conflict(SortedMap<String, SortedSet<FieldPath>> conflicts) {
    List<Cause> causes = new ArrayList<>();
    StringBuilder many = new StringBuilder();
    conflicts.forEach(
        (manager, fields) -> {
          many.append(many.isEmpty() ? "" : "\n").append("conflicts with ").append(manager);
          many.append(':');
          for (FieldPath field : fields) {
            causes.add(
                new Cause(field.toString(), "FieldManagerConflict", "conflict with " + manager));
            many.append("\n- ").append(field);
          }
        });
    String message =
        causes.size() == 1
            ? "Apply failed with 1 conflict: %s: %s"
                .formatted(causes.getFirst().message(), causes.getFirst().field())
            : "Apply failed with %d conflicts: %s".formatted(causes.size(), many);
    return Failures.applyConflict(message, causes);
  }
}
