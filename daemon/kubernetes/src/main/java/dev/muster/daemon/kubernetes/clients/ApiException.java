package dev.muster.daemon.kubernetes.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The API server answered, but not with what was asked for: a <a
 * href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/">Status</a>.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final transient JsonNode status;
  private final Duration retryAfter;

  /**
   * @param code the HTTP code
   * @param status the Status object; missing if the answer was something else
   * @param retryAfter what the server asked for; zero: nothing
   */
  public ApiException(int code, JsonNode status, Duration retryAfter) {
    super(status.path("message").asText("HTTP " + code));
    this.code = code;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  public int code() {
    return code;
  }

  public Duration retryAfter() {
    return retryAfter;
  }

  /** Such as "AlreadyExists"; empty if the server did not say. */
  public String reason() {
    return status().path("reason").asText("");
  }

  /**
   * The resource that it is about, such as "rayclusters" or "namespaces"; empty if the server did
   * not say.
   */
  public String about() {
    return status().path("details").path("kind").asText("");
  }

  /** "FIELD: MESSAGE" of everything that the server found wrong. */
  public List<String> causes() {
    List<String> causes = new ArrayList<>();
    for (JsonNode cause : status().path("details").path("causes")) {
      String field = cause.path("field").asText("");
      String message = cause.path("message").asText("");
      causes.add(field.isEmpty() ? message : field + ": " + message);
    }
    return causes;
  }

  private JsonNode status() {
    return status == null ? MissingNode.getInstance() : status;
  }
}
