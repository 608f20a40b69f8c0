package dev.muster.daemon.sandbox.api;

import dev.muster.daemon.sandbox.auth.Action;
import dev.muster.daemon.sandbox.store.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a path under {@code /api/v1} or {@code /apis/GROUP/VERSION} points at.
 *
 * @param namespace empty for the whole cluster
 * @param name empty for a collection
 * @param subresource empty for the object itself
 */
record Target(
    String group,
    String version,
    String resource,
    String namespace,
    String name,
    String subresource) {

  /** Empty when the path is shorter than a resource's. */
  static Optional<Target> parse(String path) {
    List<String> parts = new ArrayList<>(List.of(path.substring(1).split("/", -1)));
    boolean core = parts.getFirst().equals("api");
    if ((!core && !parts.getFirst().equals("apis")) || parts.size() < (core ? 3 : 4)) {
      return Optional.empty();
    }
    parts.removeFirst();
    String group = core ? "" : parts.removeFirst();
    String version = parts.removeFirst();
    String namespace = "";
    // /namespaces/NAME and its status are the namespace itself; anything longer lies within it.
    if (parts.getFirst().equals("namespaces")
        && parts.size() > 2
        && !parts.get(2).equals("status")) {
      parts.removeFirst();
      namespace = parts.removeFirst();
    }
    if (parts.size() > 3 || parts.contains("")) {
      return Optional.empty();
    }
    return Optional.of(
        new Target(
            group,
            version,
            parts.getFirst(),
            namespace,
            parts.size() > 1 ? parts.get(1) : "",
            parts.size() > 2 ? parts.get(2) : ""));
  }

  ObjectKey key() {
    return new ObjectKey(namespace, name);
  }

  Action action(String verb) {
    String whole = subresource.isEmpty() ? resource : resource + "/" + subresource;
    // A single namespace is authorised as if it lay within itself.
    String where = resource.equals("namespaces") && group.isEmpty() ? name : namespace;
    return new Action(verb, group, whole, where, name);
  }
}
