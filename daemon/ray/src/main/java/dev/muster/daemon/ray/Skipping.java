package dev.muster.daemon.ray;

import dev.muster.daemon.core.Jobs;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Hands on a log that begins at its beginning, once or again and again, each byte once. */
public final class Skipping implements RayJobs.LogSink {
  private final Jobs.LogSink sink;
  private long done;
  private long at;

  /**
   * @param done how many bytes of it were handed on before
   */
  public Skipping(Jobs.LogSink sink, long done) {
    this.sink = sink;
    this.done = done;
  }

  /** It begins again. */
  public void again() {
    at = 0;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    long known = Math.min(bytes.remaining(), Math.max(0, done - at));
    at += bytes.remaining();
    bytes.position(bytes.position() + (int) known);
    if (bytes.hasRemaining()) {
      sink.write(bytes);
    }
    done = Math.max(done, at);
  }

  @Override
  public void note(String sentence) {
    sink.note(sentence);
  }
}
