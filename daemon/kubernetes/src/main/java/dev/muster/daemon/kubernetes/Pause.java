package dev.muster.daemon.kubernetes;

import dev.muster.daemon.core.Failure;
import java.time.Duration;

/** Waits a moment between two looks. */
@FunctionalInterface
public interface Pause {
  void of(Duration time) throws InterruptedException;

  /** As much time as that. */
  static Pause real() {
    return Thread::sleep;
  }

  /**
   * The same where nobody can be interrupted but by the daemon's end.
   *
   * @throws Failure NO_ANSWER then
   */
  default void between(Duration time) {
    try {
      of(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Failure.Kind.NO_ANSWER, "The daemon stops.", e);
    }
  }
}
