package dev.muster.daemon.core;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells work that nobody wants its result any more: the caller is gone, or the daemon stops.
 * Thread-safe.
 */
public final class Cancellation {
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final List<Once> listeners = new CopyOnWriteArrayList<>();

  public void cancel() {
    cancelled.set(true);
    listeners.forEach(Once::run);
  }

  public boolean isCancelled() {
    return cancelled.get();
  }

  /** Runs something short once, when it is cancelled: at once if it is already. */
  public Registration onCancel(Runnable action) {
    Once listener = new Once(action, new AtomicBoolean());
    listeners.add(listener);
    if (isCancelled()) {
      listener.run();
    }
    return () -> listeners.remove(listener);
  }

  /**
   * Waits, but no longer than until it is cancelled or the thread is interrupted.
   *
   * @return false if nobody wants the result any more
   */
  public boolean pause(Duration length) {
    CountDownLatch cancelled = new CountDownLatch(1);
    try (Registration watch = onCancel(cancelled::countDown)) {
      return !cancelled.await(length.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private record Once(Runnable action, AtomicBoolean done) {
    void run() {
      if (done.compareAndSet(false, true)) {
        action.run();
      }
    }
  }
}
