package dev.muster.daemon.kubernetes.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** An object without what the server and its operators added: what is left can be created anew. */
final class Cleaned {
  private static final List<String> METADATA =
      List.of(
          "creationTimestamp",
          "deletionGracePeriodSeconds",
          "deletionTimestamp",
          "finalizers",
          "generation",
          "managedFields",
          "ownerReferences",
          "resourceVersion",
          "selfLink",
          "uid");

  /** Who made it, and for what: labels and annotations that are set by others than its author. */
  private static final List<String> MARKS =
      List.of(
          "kubectl.kubernetes.io/last-applied-configuration",
          "workload.codeflare.dev/appwrapper",
          "workload.codeflare.dev/user",
          "workload.codeflare.dev/userid");

  private Cleaned() {}

  /** Changes the object itself, and returns it. */
  static ObjectNode of(ObjectNode object) {
    object.remove("status");
    if (object.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove(METADATA);
      for (String marks : List.of("labels", "annotations")) {
        if (metadata.path(marks) instanceof ObjectNode map) {
          map.remove(MARKS);
          if (map.isEmpty()) {
            metadata.remove(marks);
          }
        }
      }
    }
    if (object.path("spec") instanceof ObjectNode spec) {
      spec.remove("suspend");
      for (JsonNode component : spec.path("components")) {
        if (component instanceof ObjectNode one) {
          one.remove("podSetInfos");
        }
      }
    }
    return object;
  }
}
