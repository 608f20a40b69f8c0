package dev.muster.daemon.ray;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether a tail carries so much that it may be far behind what is printed. Ray sends it from the
 * log's beginning, ten lines a frame; the whole log is read several times as fast.
 */
final class Flood {
  /** So many bytes a second are a flood. */
  private static final long RATE = 4 << 20;

  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanos;
  private final long window;
  private long since;
  private long bytes;
  private long next;

  /**
   * @param nanos like {@link System#nanoTime}
   * @param window for how long bytes are counted
   */
  Flood(LongSupplier nanos, Duration window) {
    this.nanos = nanos;
    this.window = window.toNanos();
    this.since = nanos.getAsLong();
    this.next = since;
  }

  /** So many bytes more; whether it is one, found once a window at most. */
  boolean isOne(int count) {
    bytes += count;
    long passed = nanos.getAsLong() - since;
    if (passed < window) {
      return false;
    }
    boolean flood = bytes / (passed / SECOND) >= RATE;
    since += passed;
    bytes = 0;
    return flood;
  }

  /** What reads the whole log. */
  interface Fetch {
    void run() throws IOException;
  }

  /** Reads it, unless that took more than a third of the time so far. */
  void fetch(Fetch fetch) throws IOException {
    long begun = nanos.getAsLong();
    if (begun - next < 0) {
      return;
    }
    fetch.run();
    since = nanos.getAsLong();
    bytes = 0;
    next = since + 2 * (since - begun);
  }
}
