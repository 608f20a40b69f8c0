package dev.muster.daemon.sandbox.api;

import dev.muster.daemon.sandbox.store.ResourceType;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Which resources there are now: the built-in ones, and those of CRDs while they are installed. */
final class Resources {

  private final Set<String> missing = ConcurrentHashMap.newKeySet();

  Resources() {
    ResourceType.OLDER_APPWRAPPERS.forEach(type -> missing.add(type.apiVersion()));
  }

  /**
   * Whether the CRDs of that group are there.
   *
   * @param group or, with a slash, one of its versions
   */
  void crdsInstalled(String group, boolean installed) {
    if (installed) {
      missing.remove(group);
    } else {
      missing.add(group);
    }
  }

  Stream<ResourceType> served() {
    return ResourceType.ALL.stream()
        .filter(type -> !missing.contains(type.group()) && !missing.contains(type.apiVersion()));
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
