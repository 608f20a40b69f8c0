package dev.muster.daemon.kubernetes.kueue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.core.Kind;
import dev.muster.daemon.kubernetes.kinds.Resource;
import java.util.List;

/** What Kueue's kinds have in common: v1beta1 and v1beta2 are read alike. */
final class Kueue {
  private Kueue() {}

  static Resource resource(Kind kind, String title, String plural, Resource.Projector projector) {
    return new Resource(kind, title, plural, List.of("kueue.x-k8s.io"), "Kueue", "", projector);
  }

  /** v1beta1 has a name, v1beta2 a reference. */
  static String priorityClass(JsonNode workload) {
    JsonNode spec = workload.path("spec");
    return spec.path("priorityClassName")
        .asText(spec.path("priorityClassRef").path("name").asText(""));
  }

  /** Whether admission was stopped by hand: "Hold" or "HoldAndDrain". */
  static String stopped(JsonNode queue) {
    String policy = queue.path("spec").path("stopPolicy").asText("None");
    return policy.equals("None") || policy.isEmpty() ? "" : "stopped (stopPolicy " + policy + ")";
  }
}
