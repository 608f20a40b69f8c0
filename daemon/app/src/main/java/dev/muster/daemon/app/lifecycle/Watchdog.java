package dev.muster.daemon.app.lifecycle;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Ends the daemon when it is asked to, has nothing to do, or can no longer be reached. */
public final class Watchdog implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Watchdog.class);
  private static final long PERIOD_SECONDS = 5;

  private final Activity activity;
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("watchdog").factory());

  public Watchdog(Activity activity) {
    this.activity = activity;
  }

  /** Looks every few seconds whether it is of use and can be reached. */
  public void watch(BooleanSupplier reachable) {
    timer.scheduleWithFixedDelay(
        () -> look(reachable), PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  void look(BooleanSupplier reachable) {
    if (!reachable.getAsBoolean()) {
      stop("its socket is gone");
    } else if (!activity.untilStop().isPositive()) {
      stop("nobody has called for long");
    }
  }

  /** The first reason counts. */
  public void stop(String reason) {
    if (!stopped.isDone()) {
      LOG.infof("ending: %s", reason);
      stopped.complete(null);
    }
  }

  public void whenStopped(Runnable action) {
    stopped.thenRun(action);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
