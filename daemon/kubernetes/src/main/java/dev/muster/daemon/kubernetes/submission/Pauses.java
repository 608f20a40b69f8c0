package dev.muster.daemon.kubernetes.submission;

import dev.muster.daemon.core.Cancellation;
import java.time.Duration;

/**
 * The time between two questions about the same thing.
 *
 * @param length of each
 */
record Pauses(Duration length) {
  /** False: nobody wants an answer any more. */
  boolean pause(Cancellation cancellation) {
    return cancellation.pause(length);
  }
}
