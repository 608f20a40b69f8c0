package dev.muster.daemon.sandbox.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** The two x-kubernetes-validations of KubeRay's kinds that have {@code spec.managedBy}. */
final class ManagedByRule implements Rule {

  private static final Set<String> MANAGERS =
      Set.of("ray.io/kuberay-operator", "kueue.x-k8s.io/multikueue");

  @Override
  public void check(JsonNode object, JsonNode before, List<Cause> causes) {
    String field = "spec.managedBy";
    JsonNode manager = object.at("/spec/managedBy");
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
}
