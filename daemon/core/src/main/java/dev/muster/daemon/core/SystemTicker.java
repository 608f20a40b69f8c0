package dev.muster.daemon.core;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** {@link System#nanoTime} and one daemon thread. */
final class SystemTicker implements Ticker {
  static final SystemTicker INSTANCE = new SystemTicker();

  /** A century: what is longer never ends anyway, and a sum of two of them does not overflow. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("timer").factory());

  private SystemTicker() {
    executor.setRemoveOnCancelPolicy(true);
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Registration after(Duration delay, Runnable action) {
    Duration time = delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    Future<?> future = executor.schedule(action, time.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }
}
