package dev.muster.daemon.ray;

import dev.muster.daemon.core.Jobs;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Hands a log on, each piece with a bookmark behind it. */
public final class Marking implements RayJobs.LogSink {
  private final Jobs.LogSink sink;
  private final String part;
  private LogPlace at;

  /**
   * @param part of the log, for the bookmarks
   * @param from how far the reader is
   */
  public Marking(Jobs.LogSink sink, String part, LogPlace from) {
    this.sink = sink;
    this.part = part;
    this.at = from;
  }

  /** How far the reader is now. */
  public LogPlace at() {
    return at;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    write(bytes, at.plus(bytes.remaining()));
  }

  @Override
  public void write(ByteBuffer bytes, LogPlace after) throws IOException {
    sink.write(bytes, new Jobs.Bookmark(part, after.toString()));
    at = after;
  }

  @Override
  public void note(String sentence) {
    sink.note(sentence);
  }
}
