package dev.muster.daemon.core;

import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * The one way into the cache: a bounded queue with one writer behind it, which commits in batches.
 * Every method returns a sequence number at once (blocking only while the queue is full); {@link
 * #await} returns when what was enqueued up to it is committed and visible to every reader.
 *
 * <p>Written by watchers: the projector computes the row from the object and the rows that depend
 * on it, in the writer's thread, so that state is computed when something is written and never when
 * it is read.
 */
public interface CacheWriter {
  /**
   * Puts a row. An older version of the same uid never overwrites a newer one (compared only when
   * both are decimal), and neither does an older version of another uid that was not made later:
   * that is late news of what had the name before. While the state stays the same, so does {@link
   * Row#changed}, unless the given one is newer and not simply the time of observation (or null):
   * then the server said so. When the state is another one, a time that is not after the last
   * change is not about this one, which is then dated by the observation, or by the daemon's clock
   * if nothing new was observed. A row that is the same but for its observation is no change.
   */
  long put(Row row);

  /**
   * The same for a row that depends on more than its object, of which more may be known by the time
   * it is written: without this a row that was made earlier would take back what a {@link
   * #recompute} has told meanwhile.
   *
   * @param latest asked in the writer's thread: the row as it is by now. It must have no effect of
   *     its own, and be short
   */
  long put(Row row, UnaryOperator<Row> latest);

  /** Removes a row if it still has that uid (any uid when empty). */
  long remove(Key key, String uid, Instant at);

  /**
   * Computes a row anew because something it depends on changed (a pod, an event).
   *
   * @param projector gets the row as it is (null: there is none) and the rows owned by it ("owner"
   *     equals "kind/name", same identity and namespace), what is queued before it included, and
   *     answers with the row to be written, or null to leave it. It must have no effect of its own:
   *     it may be asked twice. What it throws is logged, and leaves the row as it is
   */
  long recompute(Key key, BiFunction<Row, List<Row>, Row> projector);

  /**
   * A full list has been enqueued: rows of that identity and kind (and namespace unless empty) that
   * were last observed before {@code listStarted} are gone, and are removed with a DELETED change.
   * Also records that the kind was seen whole.
   */
  long sweep(String identity, String kind, String namespace, Instant listStarted);

  /** Records that the kind was known to be true at that time (kept over restarts, for "as of"). */
  long seen(String identity, String kind, String namespace, Instant at);

  /** The sequence number of the last thing enqueued. */
  long lastEnqueued();

  /** Waits until everything up to that sequence number is committed and visible. */
  void await(long sequence);
}
