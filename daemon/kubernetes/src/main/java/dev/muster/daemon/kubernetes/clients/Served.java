package dev.muster.daemon.kubernetes.clients;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

  static Served discover(ApiClient client, String group, String plural) {
    JsonNode answer;
    try {
      answer = client.get("/apis/" + group);
    } catch (ApiException e) {
      if (e.code() == 404) {
        return new Served(group, List.of(), plural);
      }
      throw e;
    }
    List<String> served = new ArrayList<>();
    for (JsonNode version : answer.path("versions")) {
      String name = version.path("version").asText();
      if (serves(client, group, name, plural)) {
        served.add(name);
      }
    }
    served.sort(HIGHEST_FIRST);
    return new Served(group, List.copyOf(served), plural);
  }

  private static boolean serves(ApiClient client, String group, String version, String plural) {
    try {
      for (JsonNode resource : client.get("/apis/" + group + "/" + version).path("resources")) {
        if (resource.path("name").asText().equals(plural)) {
          return true;
        }
      }
      return false;
    } catch (ApiException e) {
      if (e.code() == 404) {
        return false;
      }
      throw e;
    }
  }

  public Optional<String> highest() {
    return versions.stream().findFirst();
  }

  /**
   * The path of the collection.
   *
   * @param namespace empty for all
   */
  public String path(String version, String namespace) {
    return "/apis/"
        + group
        + "/"
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
