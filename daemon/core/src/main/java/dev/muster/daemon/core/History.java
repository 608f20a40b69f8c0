package dev.muster.daemon.core;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/**
 * What became of everything: one entry a change of state, kept for some days after the object is
 * gone, in an H2 file of its own in the state directory. It is fed from what is committed to the
 * cache, by a thread of its own: the cache's writer is held up for at most a twentieth of a second,
 * once. What was handed over is in the file well within half a second, and stays there when the
 * daemon is killed.
 *
 * <p>When the file cannot be used the daemon goes on without; {@link #degraded} says why.
 *
 * <p>Thread-safe. Close it after the writer and before the cache.
 */
public final class History implements AutoCloseable {
  /** How long an entry is kept. */
  public static final Duration KEPT = Duration.ofDays(14);

  private static final Logger log = Logger.getLogger(History.class);
  private static final int MOST_WAITING = 20_000;
  private static final Duration PATIENCE = Duration.ofMillis(50);
  private static final int BATCH = 200;
  private static final Duration BETWEEN_PURGES = Duration.ofHours(1);
  private static final Duration SETTLE = Duration.ofSeconds(2);
  private static final Duration DRAIN = Duration.ofSeconds(2);

  /** How many of the newest runs an estimate is made of. */
  private static final int RUNS = 200;

  private final HistoryFile file;
  private final HistoryTags tags;
  private final Duration kept;
  private final Clock clock;
  private final SightingQueue queue;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Map<RunsOf, Optional<Estimate>> estimates = new ConcurrentHashMap<>();
  private final Cursors cursors;
  private Thread thread;
  private Instant purged = Instant.MIN;

  private record RunsOf(String identity, String kind, String queue, State start) {}

  /** What {@code cache info} says. */
  public record Info(Path file, long bytes, long entries, String degraded) {}

  History(HistoryFile file, HistoryTags tags, Duration kept, Clock clock, SightingQueue queue) {
    this.file = file;
    this.tags = tags;
    this.kept = kept;
    this.clock = clock;
    this.queue = queue;
    this.cursors = new Cursors(file);
  }

  /** Opens the history of that directory, or what stands in for one that cannot be used. */
  public static History open(Path directory, HistoryTags tags, Duration kept, Clock clock) {
    return new History(
        new HistoryFile(directory, HistorySchema.VERSIONS, clock),
        tags,
        kept,
        clock,
        new SightingQueue(MOST_WAITING, PATIENCE));
  }

  /**
   * Records from now on what is committed to the cache, and first what the cache holds and the
   * history does not know: a daemon that was killed may have written the one and not the other. The
   * other way round, what is still there in the history and not in a full list has gone.
   */
  public void follow(ChangeFeed feed, CacheReader cache) {
    cursors.begin(cache.rows(), feed.last());
    if (!cursors.isBegun()) {
      return;
    }
    Ends ends = new Ends(file, cache, cursors, clock);
    feed.record(
        new ChangeFeed.Journal() {
          @Override
          public void changed(Change change) {
            offer(change);
          }

          @Override
          public int listed(Operation.Sweep sweep, long next) {
            List<Sighting> gone =
                tags.isRecorded(sweep.kind()) ? ends.listed(sweep, next) : List.of();
            gone.forEach(queue::offer);
            return gone.size();
          }
        });
    thread = Thread.ofPlatform().daemon().name("history-writer").unstarted(() -> run(cache));
    thread.start();
  }

  /** The place of a change, for whoever wants to go on from it; 0: there is none. */
  public long cursor(Change change) {
    return cursors.of(change.sequence());
  }

  /** The place of what was published last, of which {@link ChangeFeed#last} tells; 0: none. */
  public long cursor(long sequence) {
    return cursors.of(sequence);
  }

  /**
   * What was recorded, in the order of the cursors, all that was committed to the cache before
   * included.
   *
   * @throws Failure {@link Failure.Kind#NO_ANSWER} if it cannot be read
   */
  public List<HistoryEntry> read(HistoryQuery query) {
    queue.settle(SETTLE);
    try {
      return file.with(tables -> tables.read(query));
    } catch (SQLException e) {
      String why = file.trouble();
      throw new Failure(
          Failure.Kind.NO_ANSWER,
          why.isEmpty()
              ? "The history cannot be read: " + H2Errors.sentence(e) + "."
              : why + " Move it away and restart the daemon to begin a new one.",
          e);
    }
  }

  /** How long it usually takes from the row's present state until it is ready, if that is known. */
  public Optional<Estimate> estimate(Row row) {
    if (row.state() != State.QUEUED && row.state() != State.STARTING) {
      return Optional.empty();
    }
    RunsOf of = new RunsOf(row.key().identity(), row.key().kind(), tags.queue(row), row.state());
    return estimates.computeIfAbsent(of, this::estimate);
  }

  /** Told after something was recorded. */
  public Registration onAppended(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Why not everything is recorded, as a sentence; empty if it is. */
  public String degraded() {
    String trouble = file.trouble();
    long lost = queue.lost();
    return !trouble.isEmpty() || lost == 0
        ? trouble
        : "The history could not keep up: %d changes of state are missing in it.".formatted(lost);
  }

  public Info info() {
    long entries = 0;
    try {
      entries = file.with(HistoryTables::count);
    } catch (SQLException e) {
      // What is wrong is said by degraded().
    }
    return new Info(file.path(), file.bytes(), entries, degraded());
  }

  /**
   * Forgets everything; answers with how many entries that were.
   *
   * @throws Failure if it cannot be written
   */
  public long clear() {
    queue.settle(SETTLE);
    try {
      long entries =
          file.with(
              tables -> {
                long count = tables.count();
                tables.clear();
                return count;
              });
      estimates.clear();
      return entries;
    } catch (SQLException e) {
      throw new Failure(
          Failure.Kind.FAILED, "The history cannot be cleared: " + H2Errors.sentence(e) + ".", e);
    }
  }

  /** Records what waits, for at most two seconds. */
  @Override
  public void close() {
    queue.close();
    if (thread != null && !queue.settle(DRAIN)) {
      log.warn("Not every change of state could be recorded before the end.");
    }
    file.close();
  }

  /** In the cache's writer: short. */
  private void offer(Change change) {
    boolean sameState =
        change.type() == Change.Type.CHANGED && change.from() == change.row().state();
    if (!sameState && tags.isRecorded(change.row().key().kind())) {
      queue.offer(Sighting.of(change, cursors.of(change.sequence()), tags));
    }
  }

  private void run(CacheReader cache) {
    try {
      reconcile(cache);
    } catch (RuntimeException e) {
      log.warnf("What is cached cannot be compared with the history: %s", e.getMessage());
    }
    while (!queue.isClosed() || !queue.settle(Duration.ZERO)) {
      write(queue.take(BATCH, BETWEEN_PURGES));
      queue.done();
      purge();
    }
  }

  private void reconcile(CacheReader cache) {
    for (CacheReader.Count count : cache.counts()) {
      if (tags.isRecorded(count.kind())) {
        List<Sighting> sightings = new ArrayList<>();
        cache.scan(
            count.identity(),
            count.kind(),
            "",
            false,
            row -> {
              long cursor = cursors.forCached();
              if (cursor > 0) { // what came in meanwhile is published as a change
                sightings.add(Sighting.of(row, cursor, tags));
              }
            });
        for (int i = 0; i < sightings.size() && !queue.isClosed(); i += BATCH) {
          write(sightings.subList(i, Math.min(i + BATCH, sightings.size())));
        }
      }
    }
  }

  private void write(List<Sighting> batch) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      int news = file.with(tables -> new Recorder(tables, cursors).record(batch));
      if (news > 0) {
        estimates.clear();
        listeners.forEach(Runnable::run);
      }
    } catch (SQLException e) {
      log.debugf("%d changes of state are not recorded: %s", batch.size(), e.getMessage());
    }
  }

  private void purge() {
    Instant now = clock.instant();
    if (now.isBefore(purged.plus(BETWEEN_PURGES)) || queue.isClosed()) {
      return;
    }
    purged = now;
    try {
      file.with(
          tables -> {
            tables.purge(now.minus(kept));
            return null;
          });
      estimates.clear();
    } catch (SQLException e) {
      log.debugf("The history cannot be tidied up: %s", e.getMessage());
    }
  }

  private Optional<Estimate> estimate(RunsOf of) {
    try {
      Instant since = clock.instant().minus(kept);
      return Estimate.of(
          file.with(
              tables ->
                  tables.runs(of.identity(), of.kind(), of.queue(), of.start(), since, RUNS)));
    } catch (SQLException e) {
      return Optional.empty();
    }
  }
}
