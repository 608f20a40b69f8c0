package dev.muster.daemon.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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

  private record Once(Runnable action, AtomicBoolean done) {
    void run() {
      if (done.compareAndSet(false, true)) {
        action.run();
      }
    }
  }
}
