package dev.muster.daemon.kubernetes.reach;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Which token a cluster's Ray gets, as <a
 * href="https://docs.ray.io/en/latest/ray-security/token-auth.html">Ray</a> itself looks for it:
 * RAY_AUTH_TOKEN, the file that RAY_AUTH_TOKEN_PATH names; then KubeRay's Secret of the cluster,
 * and ~/.ray/auth_token.
 */
final class RayTokens {
  private static final long LONGEST = 64 * 1024;

  private RayTokens() {}

  /** What the caller set; empty for nothing. */
  static String given(Map<String, String> environment) {
    String token = environment.getOrDefault("RAY_AUTH_TOKEN", "").strip();
    String path = environment.getOrDefault("RAY_AUTH_TOKEN_PATH", "");
    if (!token.isEmpty() || path.isEmpty()) {
      return token;
    }
    return read(Path.of(path), "The file that RAY_AUTH_TOKEN_PATH names");
  }

  /**
   * What a cluster gets if the caller set nothing; empty for none.
   *
   * @param cluster the object
   */
  static String of(
      Clusters clusters, String name, JsonNode cluster, Map<String, String> environment) {
    if (!Clusters.wantsToken(cluster)) {
      return "";
    }
    try {
      return clusters.token(name);
    } catch (Failure failure) {
      // Who may not read Secrets can have been given the token as a file.
      return file(environment);
    }
  }

  /** The file where Ray keeps one; empty without it. */
  static String file(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    Path file = Path.of(home, ".ray", "auth_token");
    return home.isEmpty() || !Files.isReadable(file) ? "" : read(file, "The token in " + file);
  }

  private static String read(Path file, String what) {
    try {
      if (Files.size(file) > LONGEST) {
        throw Failure.usage(what + " is no token: it is too long.");
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new Failure(Failure.Kind.USAGE, what + " cannot be read: " + file + ".", e);
    }
  }
}
