package dev.muster.daemon.sandbox.api;

import dev.muster.daemon.sandbox.store.ResourceType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which resources there are now: the built-in ones, and those of a CRD while it is installed. */
final class Resources {

  static final List<ResourceType> ALL =
      List.of(
          ResourceType.NAMESPACES,
          ResourceType.PODS,
          ResourceType.SERVICES,
          ResourceType.SECRETS,
          ResourceType.EVENTS,
          ResourceType.RAYCLUSTERS);

  private volatile boolean crdInstalled = true;

  void crdInstalled(boolean installed) {
    crdInstalled = installed;
  }

  Stream<ResourceType> served() {
    return ALL.stream().filter(type -> crdInstalled || !type.custom());
  }

  Stream<ResourceType> served(String group, String version) {
    return served().filter(type -> type.group().equals(group) && type.version().equals(version));
  }

  Optional<ResourceType> find(Target target) {
    return served(target.group(), target.version())
        .filter(type -> type.plural().equals(target.resource()))
        // A namespaced collection can be read cluster-wide; a single object has one place.
        .filter(type -> type.namespaced() || target.namespace().isEmpty())
        .filter(
            type -> !type.namespaced() || !target.namespace().isEmpty() || target.name().isEmpty())
        .filter(
            type ->
                target.subresource().isEmpty()
                    || (target.subresource().equals("status") && type.status()))
        .findFirst();
  }
}
