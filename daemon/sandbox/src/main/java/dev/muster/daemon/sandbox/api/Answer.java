package dev.muster.daemon.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.sandbox.store.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What goes back: a body that is known, or a stream that lasts. */
public sealed interface Answer {

  /** A whole body; {@code warnings} become Warning headers. */
  record Whole(int code, String contentType, Body body, List<String> warnings) implements Answer {}

  /** Events until the caller, the time limit or the sandbox ends it. */
  record Stream(Body body) implements Answer {}

  /** Writes a body; an exception cuts the connection. */
  @FunctionalInterface
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  static Answer json(int code, JsonNode body) {
    return json(code, out -> out.write(Json.bytes(body)), List.of());
  }

  static Answer json(int code, Body body, List<String> warnings) {
    return new Whole(code, "application/json", body, warnings);
  }

  static Answer text(int code, String text) {
    return new Whole(
        code,
        "text/plain; charset=utf-8",
        out -> out.write(text.getBytes(StandardCharsets.UTF_8)),
        List.of());
  }
}
