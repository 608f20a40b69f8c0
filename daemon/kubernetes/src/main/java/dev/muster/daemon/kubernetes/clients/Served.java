package dev.muster.daemon.kubernetes.clients;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server serves a kind: its version is discovered, never fixed.
 *
 * @param group such as "ray.io"
 * @param versions all that are served, the highest first; empty: the server does not know the kind
 * @param plural such as "rayclusters"
 */
public record Served(String group, List<String> versions, String plural) {
  private static final Pattern VERSION = Pattern.compile("v(\\d+)(?:(alpha|beta)(\\d+))?");

  /**
   * Kubernetes' order of versions: v2, v1, v1beta2, v1beta1, v1alpha1, then anything else by name.
   */
  static final Comparator<String> HIGHEST_FIRST =
      Comparator.comparingLong(Served::rank).reversed().thenComparing(Comparator.naturalOrder());

  /** Of what {@link #discover} found. */
  static Served of(String group, String plural, Map<String, Set<String>> found) {
    return new Served(
        group,
        found.entrySet().stream()
            .filter(version -> version.getValue().contains(plural))
            .map(Map.Entry::getKey)
            .sorted(HIGHEST_FIRST)
            .toList(),
        plural);
  }

  /** What a group has: plurals by version; empty if the server does not know the group. */
  static Map<String, Set<String>> discover(ApiClient client, String group) {
    if (group.isEmpty()) {
      // Every server has the core group in this version, with these in it.
      return Map.of("v1", Set.of("pods", "events", "secrets"));
    }
    Map<String, Set<String>> found = new HashMap<>();
    try {
      for (JsonNode version : client.get("/apis/" + group).path("versions")) {
        String name = version.path("version").asText();
        found.put(name, plurals(client, group, name));
      }
    } catch (ApiException e) {
      if (e.code() != 404) {
        throw e;
      }
    }
    return found;
  }

  private static Set<String> plurals(ApiClient client, String group, String version) {
    Set<String> plurals = new HashSet<>();
    try {
      client
          .get("/apis/" + group + "/" + version)
          .path("resources")
          .forEach(resource -> plurals.add(resource.path("name").asText()));
    } catch (ApiException e) {
      if (e.code() != 404) {
        throw e;
      }
    }
    return plurals;
  }

  public Optional<String> highest() {
    return versions.stream().findFirst();
  }

  /** "GROUP/VERSION", as an object names it. */
  public String apiVersion(String version) {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /**
   * The path of the collection.
   *
   * @param namespace empty for all
   */
  public String path(String version, String namespace) {
    return (group.isEmpty() ? "/api/" : "/apis/" + group + "/")
        + version
        + (namespace.isEmpty() ? "" : "/namespaces/" + namespace)
        + "/"
        + plural;
  }

  private static long rank(String version) {
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.matches()) {
      return 0;
    }
    long stage = matcher.group(2) == null ? 3 : matcher.group(2).equals("beta") ? 2 : 1;
    long step = matcher.group(3) == null ? 0 : Long.parseLong(matcher.group(3));
    return stage * 1_000_000_000L + Long.parseLong(matcher.group(1)) * 1_000_000L + step;
  }
}
