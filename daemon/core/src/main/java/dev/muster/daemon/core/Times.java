package dev.muster.daemon.core;

import java.time.Instant;

/**
 * Instants as the database keeps them: nanoseconds since the epoch, which reach from 1677 to 2262.
 */
final class Times {
  private static final long NONE = Long.MIN_VALUE;
  private static final long BILLION = 1_000_000_000L;
  private static final long LAST_SECOND = Long.MAX_VALUE / BILLION - 1;

  private Times() {}

  /** Null becomes a number of its own; what is out of reach becomes the nearest that is not. */
  static long encode(Instant time) {
    if (time == null) {
      return NONE;
    }
    long second = Math.clamp(time.getEpochSecond(), -LAST_SECOND, LAST_SECOND);
    return second * BILLION + time.getNano();
  }

  static Instant decode(long nanos) {
    return nanos == NONE
        ? null
        : Instant.ofEpochSecond(Math.floorDiv(nanos, BILLION), Math.floorMod(nanos, BILLION));
  }
}
