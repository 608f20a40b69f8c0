package dev.muster.daemon.kubernetes.contexts;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One kubeconfig file, or several merged as kubectl merges them: whatever is named first wins.
 *
 * <p>Equality is identity: a file that was read again is another object, unless its bytes are the
 * same. The format: <a
 * href="https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/">kubeconfig v1</a>.
 */
final class Kubeconfig {
  /**
   * @param file where it was found; relative paths in it are relative to that file's folder
   * @param body what stands under "cluster", "user" or "context"
   */
  record Entry(Path file, JsonNode body) {
    Optional<Path> path(String field) {
      String text = body.path(field).asText("");
      return text.isEmpty() ? Optional.empty() : Optional.of(file.resolveSibling(text));
    }

    /** Names no content: it can hold secrets. */
    @Override
    public String toString() {
      return "Entry[" + file + "]";
    }
  }

  final List<Path> files;
  final Map<String, Entry> clusters;
  final Map<String, Entry> users;
  final Map<String, Entry> contexts;
  final String currentContext;

  /** What was made of it, as long as nothing else is needed for that than this object. */
  final Map<String, Access> resolved = new ConcurrentHashMap<>();

  Kubeconfig(
      List<Path> files,
      Map<String, Entry> clusters,
      Map<String, Entry> users,
      Map<String, Entry> contexts,
      String currentContext) {
    this.files = List.copyOf(files);
    this.clusters = clusters;
    this.users = users;
    this.contexts = contexts;
    this.currentContext = currentContext;
  }

  static Kubeconfig merge(List<Kubeconfig> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    Map<String, Entry> clusters = new LinkedHashMap<>();
    Map<String, Entry> users = new LinkedHashMap<>();
    Map<String, Entry> contexts = new LinkedHashMap<>();
    String current = "";
    for (Kubeconfig part : parts) {
      part.clusters.forEach(clusters::putIfAbsent);
      part.users.forEach(users::putIfAbsent);
      part.contexts.forEach(contexts::putIfAbsent);
      current = current.isEmpty() ? part.currentContext : current;
    }
    List<Path> files = parts.stream().flatMap(part -> part.files.stream()).toList();
    return new Kubeconfig(files, clusters, users, contexts, current);
  }

  /** The files in words, for messages. */
  String where() {
    return String.join(" and ", files.stream().map(Path::toString).toList());
  }
}
