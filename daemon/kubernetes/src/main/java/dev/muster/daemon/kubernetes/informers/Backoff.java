package dev.muster.daemon.kubernetes.informers;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: 1 s, 2 s, 4 s ... 30 s, each shortened at random by up to half, so that
 * clients spread.
 */
final class Backoff {
  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofSeconds(30);

  private final RandomGenerator random;
  private int attempts;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /**
   * @param atLeast what the server asked for
   */
  Duration next(Duration atLeast) {
    long full = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(attempts, 10));
    attempts++;
    long pause = full - random.nextLong(full / 2 + 1);
    return Duration.ofMillis(Math.max(pause, atLeast.toMillis()));
  }

  void reset() {
    attempts = 0;
  }
}
