package dev.muster.daemon.kubernetes.clients;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Closes a stream that takes too long, since a read from a half-open connection would never come
 * back.
 */
public final class Stalled {
  static final Stalled NEVER = new Stalled();

  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("kubernetes-timer").factory());

  private volatile boolean happened;
  private volatile Future<?> scheduled;

  private Stalled() {}

  /** Closes the stream after that time unless cancelled. */
  public static Stalled close(InputStream stream, Duration after) {
    Stalled stalled = new Stalled();
    stalled.scheduled =
        TIMER.schedule(
            () -> {
              stalled.happened = true;
              Thread.ofVirtual().start(() -> quietly(stream));
            },
            after.toMillis(),
            TimeUnit.MILLISECONDS);
    return stalled;
  }

  public void cancel() {
    Future<?> future = scheduled;
    if (future != null) {
      future.cancel(false);
    }
  }

  public boolean happened() {
    return happened;
  }

  private static void quietly(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // It is being given up because it does not answer: there is nobody to tell.
      return;
    }
  }
}
