package dev.muster.daemon.ray;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What Ray 2.60.0 really answered. */
final class Samples {
  private Samples() {}

  static int status(String name) {
    return response(name).path("status").asInt();
  }

  /** The body as it went over the wire. */
  static String body(String name) {
    JsonNode body = response(name).path("body");
    return body.isTextual() ? body.asText() : body.toString();
  }

  private static JsonNode response(String name) {
    try (InputStream in = Samples.class.getResourceAsStream("/ray/" + name + ".json")) {
      return JobReader.JSON.readTree(in).path("response");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
