package dev.muster.daemon.sandbox.api;

import dev.muster.daemon.sandbox.auth.User;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One request, read.
 *
 * @param contentType of the body, without parameters; empty when not given
 * @param agent how the client calls itself; empty when it does not say
 */
public record Call(
    User user,
    String method,
    String path,
    Map<String, String> query,
    String contentType,
    String agent,
    String body) {

  /** A query parameter, empty when it is not there. */
  public String option(String name) {
    return query.getOrDefault(name, "");
  }

  public boolean flag(String name) {
    return switch (option(name)) {
      case "", "false", "0" -> false;
      default -> true;
    };
  }

  /** A query parameter that is a number; {@code otherwise} when it is not there. */
  public long number(String name, long otherwise) {
    String text = option(name);
    try {
      return text.isEmpty() ? otherwise : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw Failures.badRequest("strconv.ParseInt: parsing \"%s\": invalid syntax".formatted(text));
    }
  }

  public boolean hasBody() {
    return !body.isBlank();
  }

  /** Bytes the body takes. */
  public int size() {
    return body.getBytes(StandardCharsets.UTF_8).length;
  }
}
