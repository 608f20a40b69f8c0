package dev.muster.daemon.ray;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Failure.Kind;
import java.util.Locale;

/**
 * What an answer that is not the one that was hoped for means, in a sentence. Three may have given
 * it: Ray, a Kubernetes API server on the way to it, or a login page in front of it.
 */
final class Refusals {
  private Refusals() {}

  /**
   * @param text of the answer's body
   */
  static Failure of(RayEndpoint endpoint, int status, String text) {
    JsonNode kubernetes = kubernetesStatus(text);
    String where = "Ray's dashboard at " + endpoint.address();
    if (kubernetes != null) {
      return new Failure(
          kindOfKubernetes(status),
          where
              + " cannot be reached by "
              + endpoint.words()
              + ": "
              + plain(kubernetes.path("message").asText("status " + status))
              + ".",
          new RayError(status, text));
    }
    String said = Traceback.lastLine(text);
    return new Failure(
        kind(status, said), sentence(where, status, said), new RayError(status, text));
  }

  /** Something answered, but not Ray's job API. */
  static Failure notRay(RayEndpoint endpoint, String what) {
    return new Failure(
        Kind.NO_ANSWER,
        endpoint.address() + " does not speak Ray's job API (" + what + "): is it a dashboard?");
  }

  private static Kind kind(int status, String said) {
    if (status == 401 || (status == 403 && ofToken(said)) || status / 100 == 3) {
      return Kind.NOT_LOGGED_IN;
    }
    if (said.contains("submission_id") && said.contains("already exists")) {
      return Kind.EXISTS;
    }
    return switch (status) {
      case 400 -> Kind.USAGE;
      case 403 -> Kind.FORBIDDEN;
      case 404 -> said.contains("404: Not Found") ? Kind.NO_ANSWER : Kind.NOT_FOUND;
      case 502, 503, 504 -> Kind.NO_ANSWER;
      default -> Kind.FAILED;
    };
  }

  private static String sentence(String where, int status, String said) {
    String words = said.isEmpty() ? "status " + status : said;
    if (status / 100 == 3) {
      return where + " sends to a login page: it is behind a proxy that muster cannot log in to.";
    }
    if (status == 401 && said.toLowerCase(Locale.ROOT).contains("missing")) {
      return where
          + " wants the cluster's token and got none: set RAY_AUTH_TOKEN or RAY_AUTH_TOKEN_PATH"
          + " (muster get token CLUSTER shows it).";
    }
    if (status == 401 || (status == 403 && ofToken(said))) {
      return where
          + " refused the token ("
          + words
          + "): it is another cluster's or out of date; set RAY_AUTH_TOKEN or RAY_AUTH_TOKEN_PATH"
          + " (muster get token CLUSTER shows it).";
    }
    if (said.contains("404: Not Found")) {
      return where + " has no job API: is it a Ray dashboard?";
    }
    if (said.contains("non-terminal state")) {
      return "Ray deletes only what is over: " + plain(said) + ". Stop it first.";
    }
    return switch (status) {
      case 404 -> where + ": " + words + ".";
      case 502, 503, 504 -> where + " does not answer (status " + status + ": " + words + ").";
      default -> "Ray refused: " + words + ".";
    };
  }

  private static boolean ofToken(String said) {
    return said.toLowerCase(Locale.ROOT).contains("authentication token");
  }

  private static Kind kindOfKubernetes(int status) {
    return switch (status) {
      case 401 -> Kind.NOT_LOGGED_IN;
      case 403 -> Kind.FORBIDDEN;
      default -> Kind.NO_ANSWER;
    };
  }

  private static String plain(String text) {
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  /** The Status object of an API server; null if it is none. */
  private static JsonNode kubernetesStatus(String text) {
    if (!text.startsWith("{")) {
      return null;
    }
    try {
      JsonNode node = JobReader.JSON.readTree(text);
      return node.path("kind").asText().equals("Status") ? node : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
