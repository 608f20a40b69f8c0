package dev.muster.daemon.ray;

import dev.muster.daemon.core.Failure;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Where a user says that a dashboard is, and what requests to it need: the options {@code
 * --address}, {@code --headers} and {@code --verify} of {@code ray job submit}.
 *
 * @param url as it was typed; empty: a way is to be found
 * @param headers beside those that a cluster asks for, and instead of them; only with a url
 * @param verify whom to trust at an https address: empty, as always; "false", anybody; else the
 *     path of a file of certificates
 */
public record RayAddress(String url, Map<String, String> headers, String verify) {
  /** A way is to be found. */
  public static final RayAddress NONE = at("");

  private static final String ANYBODY = "false";

  /** Those of the connection, which whoever sends the request sets itself. */
  private static final Set<String> RESERVED =
      Set.of("connection", "content-length", "expect", "host", "upgrade");

  public RayAddress {
    headers = Map.copyOf(headers);
  }

  public static RayAddress at(String url) {
    return new RayAddress(url, Map.of(), "");
  }

  /**
   * By the options as they were typed; each can be empty.
   *
   * @param base what a relative path is relative to
   * @throws Failure USAGE, without any header's value
   */
  public static RayAddress of(String url, String headers, String verify, Path base) {
    String trust = trust(verify, base);
    if (url.isEmpty() && !(headers + trust).isEmpty()) {
      throw Failure.usage(
          (headers.isEmpty() ? "--verify" : "--headers")
              + " is about the requests to --address, and no address is given: the ways that muster"
              + " finds have what they need.");
    }
    if (!trust.isEmpty() && !url.startsWith("https://")) {
      throw Failure.usage("--verify is about certificates, and --address is no https address.");
    }
    return new RayAddress(url, headers.isEmpty() ? Map.of() : headers(headers), trust);
  }

  private static String trust(String verify, Path base) {
    return switch (verify.toLowerCase(Locale.ROOT)) {
      case "", "true" -> "";
      case ANYBODY -> ANYBODY;
      default -> base.resolve(verify).normalize().toString();
    };
  }

  private static Map<String, String> headers(String text) {
    Map<String, String> headers = RayOptions.texts("--headers", text, "{\"X-Team\": \"a\"}");
    headers.forEach(
        (name, value) -> {
          if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")
              || RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw Failure.usage(
                "--headers: " + name + " is no header that a request can be given.");
          }
          if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw Failure.usage(
                "--headers: the value of " + name + " has characters that no header can have.");
          }
        });
    return headers;
  }

  /** Whether its certificate is not looked at. */
  public boolean trustsAnybody() {
    return verify.equals(ANYBODY);
  }

  /** Names no header: they can hold secrets. */
  @Override
  public String toString() {
    return url;
  }
}
