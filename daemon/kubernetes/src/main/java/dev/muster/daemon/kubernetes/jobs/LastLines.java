package dev.muster.daemon.kubernetes.jobs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Keeps the last lines of what goes by. Of more than there is room for, the oldest lines go first.
 */
final class LastLines {
  /** In bytes; more lines than fit are not kept, however many were asked for. */
  private static final int ROOM = 32 << 20;

  /** Where the sink is told what is kept. */
  @FunctionalInterface
  interface Sink {
    void write(ByteBuffer bytes) throws IOException;
  }

  private final int most;
  private final int room;
  private final ArrayDeque<byte[]> lines = new ArrayDeque<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long kept;
  private long seen;

  /**
   * @param most how many lines
   */
  LastLines(int most) {
    this(most, ROOM);
  }

  LastLines(int most, int room) {
    this.most = most;
    this.room = room;
  }

  void add(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      byte b = bytes.get();
      seen++;
      line.write(b);
      if (b == '\n' || line.size() >= room) {
        end();
      }
    }
  }

  private void end() {
    if (line.size() == 0) {
      return;
    }
    lines.add(line.toByteArray());
    kept += line.size();
    line.reset();
    while (lines.size() > most || kept > room) {
      kept -= lines.remove().length;
    }
  }

  /** How many bytes went by. */
  long seen() {
    return seen;
  }

  /** Hands over what is kept, a last line without its end too. */
  void to(Sink sink) throws IOException {
    end();
    for (byte[] each : lines) {
      sink.write(ByteBuffer.wrap(each));
    }
    lines.clear();
    kept = 0;
  }
}
