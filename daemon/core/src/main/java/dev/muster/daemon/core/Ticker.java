package dev.muster.daemon.core;

import java.time.Duration;

/**
 * Time that only goes forward, for time-outs: a suspended machine or a corrected clock ends none of
 * them.
 */
public interface Ticker {
  /** Nanoseconds since a moment of no meaning. */
  long nanos();

  /** Runs something short once, after that time, unless it is closed before. */
  Registration after(Duration delay, Runnable action);

  /** The machine's own, with one thread for all who wait. */
  static Ticker system() {
    return SystemTicker.INSTANCE;
  }
}
