package dev.muster.daemon.ray;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before another try. */
final class Pauses {
  private Pauses() {}

  /**
   * Before the next try: twice as long each time, and between half of it and the whole, so that
   * many who lost the same server do not come back together.
   *
   * @param tries that failed, from 1
   */
  static Duration before(int tries, Timing timing) {
    long longest = timing.longestPause().toMillis();
    long full = Math.min(longest, timing.pause().toMillis() << Math.min(tries - 1, 16));
    return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
  }
}
