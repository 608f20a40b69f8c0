package dev.muster.daemon.ray;

import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Registration;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Waits that a cancellation ends at once. */
final class Pauses {
  private Pauses() {}

  static void pause(Duration length, Cancellation cancellation) {
    CountDownLatch cancelled = new CountDownLatch(1);
    try (Registration watch = cancellation.onCancel(cancelled::countDown)) {
      boolean ignored = cancelled.await(length.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancellation.cancel();
    }
  }

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
