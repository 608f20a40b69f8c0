package dev.muster.daemon.app.lifecycle;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * When the daemon was last of use. Measured on a monotonic clock: a laptop that slept or a clock
 * that was set ends no daemon. An open call (a wait, a watch) is use.
 */
public final class Activity {
  private final LongSupplier nanoTime;
  private final long idleStopNanos;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong lastNanos;

  /**
   * @param nanoTime like {@link System#nanoTime}
   */
  public Activity(LongSupplier nanoTime, Duration idleStop) {
    this.nanoTime = nanoTime;
    this.idleStopNanos = idleStop.toNanos();
    this.lastNanos = new AtomicLong(nanoTime.getAsLong());
  }

  /** A call begins. */
  public void begin() {
    open.incrementAndGet();
  }

  /** A call has ended. */
  public void end() {
    lastNanos.set(nanoTime.getAsLong());
    open.decrementAndGet();
  }

  /** Calls that are open now. */
  public int open() {
    return open.get();
  }

  /** How long until the daemon ends by itself if nobody calls; zero or less: now. */
  public Duration untilStop() {
    if (open.get() > 0) {
      return Duration.ofNanos(idleStopNanos);
    }
    return Duration.ofNanos(idleStopNanos - (nanoTime.getAsLong() - lastNanos.get()));
  }
}
