package dev.muster.daemon.ray;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long things may take.
 *
 * @param answer for an answer's beginning, or for the next byte of one
 * @param patience with a dashboard that does not answer while a log is followed
 * @param poll between two looks at a log that cannot be followed
 * @param quiet after which a tail that brings nothing is looked after
 * @param pause before the second try; later ones take longer, up to {@code longestPause}
 */
record Timing(
    Duration answer,
    Duration patience,
    Duration poll,
    Duration quiet,
    Duration pause,
    Duration longestPause) {
  static final Timing USUAL =
      new Timing(
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofMillis(500),
          Duration.ofSeconds(2),
          Duration.ofMillis(200),
          Duration.ofSeconds(5));

  /**
   * Before the next try: twice as long each time, and between half of it and the whole, so that
   * many who lost the same server do not come back together.
   *
   * @param tries that failed, from 1
   */
  Duration before(int tries) {
    long full = Math.min(longestPause.toMillis(), pause.toMillis() << Math.min(tries - 1, 16));
    return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
  }
}
