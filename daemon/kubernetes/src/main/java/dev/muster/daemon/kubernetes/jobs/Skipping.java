package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.core.Jobs;
import dev.muster.daemon.ray.RayJobs;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Hands a log on but for its beginning, which was handed over before. */
final class Skipping implements RayJobs.LogSink {
  private final Jobs.LogSink sink;
  private long left;

  /**
   * @param bytes to be left out
   */
  Skipping(long bytes, Jobs.LogSink sink) {
    this.left = bytes;
    this.sink = sink;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    int skipped = (int) Math.min(left, bytes.remaining());
    left -= skipped;
    bytes.position(bytes.position() + skipped);
    if (bytes.hasRemaining()) {
      sink.write(bytes);
    }
  }

  @Override
  public void note(String sentence) {
    sink.note(sentence);
  }
}
