package dev.muster.daemon.kubernetes.submission;

import dev.muster.daemon.core.Jobs.LogSink;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Hands on a log that begins at its beginning again and again, each byte once. */
final class Skipping {
  private final LogSink sink;
  private long done;
  private long at;

  /**
   * @param done how many bytes of it are not to be handed on
   */
  Skipping(LogSink sink, long done) {
    this.sink = sink;
    this.done = done;
  }

  /** It begins again. */
  void again() {
    at = 0;
  }

  void write(ByteBuffer bytes) throws IOException {
    long known = Math.min(bytes.remaining(), Math.max(0, done - at));
    at += bytes.remaining();
    bytes.position(bytes.position() + (int) known);
    if (bytes.hasRemaining()) {
      sink.write(bytes);
    }
    done = Math.max(done, at);
  }
}
