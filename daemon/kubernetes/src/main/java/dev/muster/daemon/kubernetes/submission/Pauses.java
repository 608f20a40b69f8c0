package dev.muster.daemon.kubernetes.submission;

import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Registration;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The time between two questions about the same thing.
 *
 * @param length of each
 */
record Pauses(Duration length) {
  /** False: nobody wants an answer any more. */
  boolean pause(Cancellation cancellation) {
    CountDownLatch cancelled = new CountDownLatch(1);
    Registration registration = cancellation.onCancel(cancelled::countDown);
    try {
      return !cancelled.await(length.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      registration.close();
    }
  }
}
