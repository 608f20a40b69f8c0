package dev.muster.daemon.ray;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * How much of a log its reader has, in bytes of UTF-8. Ray gives a log from its beginning each time
 * it is asked; what the reader has already is passed over by count. For one thread.
 */
final class Handover {
  private final RayJobs.LogSink sink;
  private LogPlace place;

  /**
   * @param from how much its reader has at first
   */
  Handover(RayJobs.LogSink sink, LogPlace from) {
    this.sink = sink;
    this.place = from;
  }

  long handed() {
    return place.bytes();
  }

  /** When the job began; null if that is not known. */
  Instant begun() {
    return place.begun();
  }

  void begun(Instant when) {
    place = new LogPlace(when, place.bytes());
  }

  void note(String sentence) {
    sink.note(sentence);
  }

  /** The log was begun anew: its reader has nothing of it. */
  void restart() {
    place = new LogPlace(place.begun(), 0);
  }

  /** For one more reading from the log's beginning. */
  Pass pass() {
    return new Pass();
  }

  /** One reading of the log from its beginning. */
  final class Pass {
    private long at;
    private long fresh;

    void write(ByteBuffer bytes) throws IOException {
      int known = (int) Math.clamp(handed() - at, 0, bytes.remaining());
      at += bytes.remaining();
      bytes.position(bytes.position() + known);
      int rest = bytes.remaining();
      if (rest > 0) {
        LogPlace after = place.plus(rest);
        sink.write(bytes, after);
        place = after;
        fresh += rest;
      }
    }

    /** How much of the log this reading has seen. */
    long at() {
      return at;
    }

    /** Whether it brought anything that the reader did not have. */
    boolean broughtMore() {
      return fresh > 0;
    }

    /** Whether the reader has more than this reading has seen. */
    boolean behind() {
      return at < handed();
    }
  }
}
