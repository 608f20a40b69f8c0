package dev.muster.daemon.kubernetes.jobs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * A pod's log line by line, each with its time in front, as API servers give it with
 * "timestamps=true". Lines of more than a mebibyte come in pieces.
 */
final class StampedLines {
  private static final int LONGEST = 1 << 20;

  private final InputStream stream;
  private final byte[] buffer = new byte[1 << 16];
  private int next;
  private int end;

  StampedLines(InputStream stream) {
    this.stream = stream;
  }

  /**
   * @param at null if it has none: the rest of a line that was too long
   * @param text with its end, which every line gets
   */
  record Line(Instant at, byte[] text) {}

  /** Null: there are no more. Blocks until there is one. */
  Line next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(160);
    while (line.size() < LONGEST) {
      if (next == end && !fill()) {
        break;
      }
      byte b = buffer[next++];
      line.write(b);
      if (b == '\n') {
        return line(line.toByteArray());
      }
    }
    if (line.size() == 0) {
      return null;
    }
    if (line.size() < LONGEST) {
      line.write('\n');
    }
    return line(line.toByteArray());
  }

  /** Whether the next one can be had without waiting for the network, as far as is known. */
  boolean isMore() {
    return next < end;
  }

  private boolean fill() throws IOException {
    int read = stream.read(buffer, 0, buffer.length);
    next = 0;
    end = Math.max(0, read);
    return read > 0;
  }

  private static Line line(byte[] bytes) {
    int space = 0;
    while (space < bytes.length && bytes[space] != ' ' && space < 40) {
      space++;
    }
    if (space == 0 || space == bytes.length || bytes[space] != ' ') {
      return new Line(null, bytes);
    }
    try {
      Instant at = Instant.parse(new String(bytes, 0, space, StandardCharsets.US_ASCII));
      return new Line(at, java.util.Arrays.copyOfRange(bytes, space + 1, bytes.length));
    } catch (DateTimeParseException e) {
      return new Line(null, bytes);
    }
  }
}
