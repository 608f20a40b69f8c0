package dev.muster.daemon.core;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/**
 * Writes to a {@link Cache} in a thread of its own, in the order in which it was asked to, up to a
 * thousand operations a transaction, and publishes what changed once it is committed. What cannot
 * be written is logged and left out. Close it before the cache.
 */
public final class QueuedWriter implements CacheWriter, AutoCloseable {
  private static final Logger log = Logger.getLogger(QueuedWriter.class);
  private static final int MOST_ENTRIES = 20_000;
  private static final long MOST_WEIGHT = 8L << 20;
  private static final int BATCH = 1_000;
  private static final Duration DRAIN = Duration.ofSeconds(3);

  private final Cache cache;
  private final ChangeFeed feed;
  private final Clock clock;
  private final WriteQueue queue;
  private final Duration drain;
  private final Thread thread;

  public QueuedWriter(Cache cache, ChangeFeed feed, Clock clock) {
    this(cache, feed, clock, new WriteQueue(MOST_ENTRIES, MOST_WEIGHT), DRAIN);
  }

  QueuedWriter(Cache cache, ChangeFeed feed, Clock clock, WriteQueue queue, Duration drain) {
    this.cache = cache;
    this.feed = feed;
    this.clock = clock;
    this.queue = queue;
    this.drain = drain;
    this.thread = Thread.ofPlatform().daemon().name("cache-writer").unstarted(this::run);
    this.thread.start();
  }

  @Override
  public long put(Row row) {
    return put(row, UnaryOperator.identity());
  }

  @Override
  public long put(Row row, UnaryOperator<Row> latest) {
    return add(new Operation.Put(row, latest));
  }

  @Override
  public long remove(Key key, String uid, Instant at) {
    return add(new Operation.Remove(key, uid, at));
  }

  @Override
  public long recompute(Key key, BiFunction<Row, List<Row>, Row> projector) {
    return add(new Operation.Recompute(key, projector));
  }

  @Override
  public long sweep(String identity, String kind, String namespace, Instant listStarted) {
    return add(new Operation.Sweep(identity, kind, namespace, listStarted));
  }

  @Override
  public long seen(String identity, String kind, String namespace, Instant at) {
    return add(new Operation.Seen(identity, kind, namespace, at));
  }

  @Override
  public long lastEnqueued() {
    return queue.lastAdded();
  }

  /**
   * @throws Failure {@link Failure.Kind#NO_ANSWER} when the daemon stops meanwhile
   */
  @Override
  public void await(long sequence) {
    if (isWriter()) {
      throw new IllegalStateException("the writer cannot wait for itself");
    }
    queue.await(sequence);
  }

  /** Takes nothing more in, and writes what is queued, for at most three seconds. */
  @Override
  public void close() {
    queue.close();
    try {
      if (!queue.drained(drain)) {
        log.warn("Not everything that was seen could be written to the cache before the end.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    queue.end();
  }

  private long add(Operation operation) {
    return queue.add(operation, isWriter());
  }

  private boolean isWriter() {
    return Thread.currentThread() == thread;
  }

  private void run() {
    for (List<Operation> batch = queue.take(BATCH); !batch.isEmpty(); batch = queue.take(BATCH)) {
      write(batch);
      queue.done();
    }
  }

  private void write(List<Operation> batch) {
    try {
      if (batch.getFirst() instanceof Operation.Sweep sweep) {
        while (commit(batch) >= Batch.SWEPT_AT_ONCE) {
          // The rest of it, in the next transaction.
        }
        feed.listed(sweep);
      } else {
        commit(batch);
      }
    } catch (SQLException | RuntimeException | Error e) {
      // Whatever it is, the next ones may fare better.
      if (batch.size() == 1) {
        log.warnf("The cache does not take it: %s: %s", describe(batch.getFirst()), sentence(e));
      } else {
        // One of them is at fault: find out which.
        batch.forEach(operation -> write(List.of(operation)));
      }
    }
  }

  /** In one transaction; answers with how many changes came of it. */
  private int commit(List<Operation> batch) throws SQLException {
    Batch done =
        cache.write(
            tables -> {
              Batch work = new Batch(tables, clock.instant());
              for (Operation operation : batch) {
                work.apply(operation);
              }
              return work;
            });
    cache.written(done.written());
    feed.publish(done.drafts(), clock.instant());
    return done.drafts().size();
  }

  /** What it is about; not what it holds. */
  private static String describe(Operation operation) {
    return switch (operation) {
      case Operation.Put(Row row, var latest) -> "put " + row.key().kind() + " " + row.key().name();
      case Operation.Remove remove -> "remove " + remove.key().kind() + " " + remove.key().name();
      case Operation.Recompute recompute ->
          "recompute " + recompute.key().kind() + " " + recompute.key().name();
      case Operation.Sweep sweep -> "sweep " + sweep.kind();
      case Operation.Seen seen -> "seen " + seen.kind();
    };
  }

  private static String sentence(Throwable error) {
    return error instanceof SQLException sql ? H2Errors.sentence(sql) : error.toString();
  }
}
