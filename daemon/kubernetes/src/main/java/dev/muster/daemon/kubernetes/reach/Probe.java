package dev.muster.daemon.kubernetes.reach;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.kubernetes.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * Whether a dashboard is behind an address: it is asked for its version, which costs it nothing.
 */
final class Probe {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * How Ray 2.60 begins when it does not take a token (http_token_authentication.py). Proxies and
   * gateways before it forbid too, and then another way may lead there.
   */
  private static final String REFUSAL = "Forbidden: ";

  private Probe() {}

  /** What came back. */
  enum Result {
    /** Ray, even if it wants another token. */
    THERE,
    /** Something that wants a person to sign in with a browser. */
    BROWSER,
    NOTHING
  }

  /**
   * @param why nothing is there, as a clause; empty otherwise
   */
  record Answer(Result result, String why) {
    static Answer nothing(String why) {
      return new Answer(Result.NOTHING, why);
    }
  }

  /**
   * Asks.
   *
   * @param base without a slash at its end
   */
  static Answer of(HttpClient http, URI base, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + "/api/version")).timeout(PATIENCE);
    headers.forEach(request::header);
    try {
      HttpResponse<InputStream> response =
          http.send(
              request.header("Accept", "application/json").build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        return judged(response.statusCode(), type.startsWith("text/html"), body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.nothing("interrupted");
    } catch (IOException e) {
      return Answer.nothing(Words.of(e));
    }
  }

  /**
   * @param page whether it is one for people: OpenShift's proxies refuse with their sign-in page
   */
  private static Answer judged(int code, boolean page, InputStream body) throws IOException {
    return switch (code) {
      case 200 -> new Answer(Result.THERE, "");
      case 301, 302, 303, 307, 308 -> signIn();
      default -> {
        // The API server says no in its own words; so that is not Ray.
        String text = new String(body.readNBytes(1 << 16), StandardCharsets.UTF_8);
        String said = status(text);
        yield !said.isEmpty()
            ? Answer.nothing(said)
            : page && (code == 401 || code == 403)
                ? signIn()
                : code == 401 || (code == 403 && text.startsWith(REFUSAL))
                    ? new Answer(Result.THERE, "")
                    : Answer.nothing("HTTP " + code);
      }
    };
  }

  private static Answer signIn() {
    return new Answer(Result.BROWSER, "it wants a browser's sign-in");
  }

  private static String status(String body) {
    try {
      JsonNode status = Yaml.JSON.readTree(body);
      return status != null && status.path("kind").asText("").equals("Status")
          ? status.path("message").asText("").replaceFirst("\\.$", "")
          : "";
    } catch (IOException e) {
      return "";
    }
  }
}
