package dev.muster.daemon.kubernetes.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.core.CacheWriter;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Registration;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Ticker;
import dev.muster.daemon.ray.RayJob;
import dev.muster.daemon.ray.RayJobs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * The jobs of one cluster as one identity sees them: asked for again and again, by one request at a
 * time for all who want to know, and as seldom as they allow. What a poll brings that began before
 * a write of ours is thrown away: it could undo what the write did.
 */
final class Dashboard {
  private static final Registration NOTHING = () -> {};

  /** What all dashboards share. */
  record Means(
      CacheWriter writer,
      Clock clock,
      Ticker ticker,
      RandomGenerator random,
      Executor executor,
      Semaphore slots) {}

  private final Cluster cluster;
  private final RayJobs ray;
  private final Means means;
  private final Runnable changed;

  /** Guards what follows. */
  private final ReentrantLock lock = new ReentrantLock();

  private final ClusterRows rows;
  private final Pace pace;
  private final Health health;
  private CompletableFuture<Void> running;
  private Registration next = NOTHING;
  private long generation;
  private int writers;
  private boolean closed;

  /**
   * @param changed told when it becomes live or stops being so
   */
  Dashboard(
      String identity, Cluster cluster, RayJobs ray, Demand demand, Means means, Runnable changed) {
    this.cluster = cluster;
    this.ray = ray;
    this.means = means;
    this.changed = changed;
    this.rows = new ClusterRows(identity, cluster, means.writer);
    this.pace = new Pace(demand, cluster, means.ticker, means.random);
    this.health = new Health(cluster, pace);
  }

  Cluster cluster() {
    return cluster;
  }

  /** A row of an earlier time, so that it goes if the job is gone. */
  void remember(Row row) {
    lock.lock();
    try {
      rows.remember(row);
    } finally {
      lock.unlock();
    }
  }

  boolean hasJobs() {
    lock.lock();
    try {
      return !rows.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Asks now, or waits for the question that is under way; completes with its outcome. */
  CompletableFuture<Void> poll() {
    CompletableFuture<Void> begun;
    lock.lock();
    try {
      if (closed) {
        return CompletableFuture.completedFuture(null);
      }
      if (running != null) {
        return running;
      }
      next.close();
      begun = new CompletableFuture<>();
      running = begun;
      health.asked(means.ticker.nanos());
    } finally {
      lock.unlock();
    }
    means.executor.execute(() -> attempt(begun));
    return begun;
  }

  private void attempt(CompletableFuture<Void> begun) {
    boolean news = false;
    try {
      means.slots.acquire();
      try {
        news = ask();
      } finally {
        means.slots.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.lock();
      try {
        running = null;
        schedule();
      } finally {
        lock.unlock();
      }
      begun.complete(null);
      if (news) {
        changed.run();
      }
    }
  }

  /** Whether it became live, or stopped being so. */
  private boolean ask() {
    long before = generation();
    Instant began = means.clock.instant();
    long nanos = means.ticker.nanos();
    List<RayJob> jobs;
    try {
      jobs = ray.list();
    } catch (Failure e) {
      return failed(e.getMessage().replaceFirst("\\.$", ""));
    } catch (RuntimeException e) {
      return failed("an error of muster's own: " + e);
    }
    lock.lock();
    try {
      if (closed || generation != before || writers > 0) {
        return false;
      }
      rows.seen(jobs, began);
      pace.answered(Duration.ofNanos(means.ticker.nanos() - nanos));
      return health.answered(nanos, began);
    } finally {
      lock.unlock();
    }
  }

  private long generation() {
    lock.lock();
    try {
      return generation;
    } finally {
      lock.unlock();
    }
  }

  private boolean failed(String why) {
    lock.lock();
    try {
      return health.failed(why) && !closed;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Something is about to be changed there; until it is closed, and for what began before that, no
   * poll's result is taken. Afterwards it is asked more often for a while.
   */
  Registration writing() {
    lock.lock();
    try {
      writers++;
      generation++;
    } finally {
      lock.unlock();
    }
    AtomicBoolean ended = new AtomicBoolean();
    return () -> {
      if (ended.compareAndSet(false, true)) {
        lock.lock();
        try {
          writers--;
          generation++;
          pace.wrote();
        } finally {
          lock.unlock();
        }
        hurry();
      }
    };
  }

  /**
   * What was just read of one job, visible in the cache when this returns.
   *
   * @param requested see {@link SubmissionRow#of}; null: as known
   */
  Row wrote(RayJob job, JsonNode requested) {
    long written;
    Row row;
    lock.lock();
    try {
      row = rows.put(job, requested, means.clock.instant());
      written = means.writer.lastEnqueued();
    } finally {
      lock.unlock();
    }
    means.writer.await(written);
    return row;
  }

  /** It is known to be gone; so is its row when this returns. */
  void gone(String id) {
    long written;
    lock.lock();
    try {
      rows.remove(id, means.clock.instant());
      written = means.writer.lastEnqueued();
    } finally {
      lock.unlock();
    }
    means.writer.await(written);
  }

  /** How often it is asked may have changed. */
  void hurry() {
    lock.lock();
    try {
      if (running == null) {
        next.close();
        schedule();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Under the lock. */
  private void schedule() {
    Duration interval = pace.interval(health.failures());
    if (!closed && interval != null) {
      next = means.ticker.after(pace.pause(interval, health.tried()), this::tick);
    }
  }

  private void tick() {
    boolean wanted;
    lock.lock();
    try {
      wanted = pace.interval(health.failures()) != null;
    } finally {
      lock.unlock();
    }
    if (wanted) {
      poll();
    }
  }

  /**
   * Whether it was never asked, or longer ago than it is asked while people look; what did not
   * answer may do so by now.
   */
  boolean due() {
    lock.lock();
    try {
      return running != null || health.isDue();
    } finally {
      lock.unlock();
    }
  }

  /** Whether a first question has come to its end. */
  boolean answered() {
    lock.lock();
    try {
      return health.isKnown();
    } finally {
      lock.unlock();
    }
  }

  Health.Now now() {
    lock.lock();
    try {
      return health.now();
    } finally {
      lock.unlock();
    }
  }

  /** Asks no more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      next.close();
    } finally {
      lock.unlock();
    }
  }

  /** The cluster is gone, and with it all that ran there. */
  void end() {
    close();
    lock.lock();
    try {
      rows.removeAll(means.clock.instant());
    } finally {
      lock.unlock();
    }
  }
}
