package dev.muster.truth.drive;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The wall clock, which is the daemon's too, in microseconds since the epoch. */
final class Now {
  private Now() {}

  static long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }
}
