package dev.muster.daemon.sandbox.ray;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.sandbox.store.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** An answer of the dashboard. */
sealed interface Reply {

  /**
   * An ordinary one.
   *
   * @param contentType empty for none
   */
  record Whole(int status, String contentType, byte[] body) implements Reply {}

  /** What a job has printed so far, as JSON; it may be far larger than memory. */
  record Log(Path file) implements Reply {}

  /** A web socket with a job's log, from the first byte. */
  record Tail(LogTail log) implements Reply {}

  static Reply json(JsonNode body) {
    return new Whole(200, "application/json; charset=utf-8", Json.bytes(body));
  }

  static Reply text(int status, String text) {
    return new Whole(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  static Reply html(String text) {
    return new Whole(200, "text/html; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  static Reply empty() {
    return new Whole(200, "", new byte[0]);
  }
}
