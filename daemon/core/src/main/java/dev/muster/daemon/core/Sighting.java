package dev.muster.daemon.core;

import java.time.Duration;
import java.time.Instant;

/**
 * A state that a row was seen in, on its way into the history, which may know it already.
 *
 * @param entry as it would be recorded, if it is news
 * @param exact whether its time is when the state began, and not only when it was noticed
 * @param found whether an earlier daemon left it in the cache, which may have lost what came after
 *     it
 */
record Sighting(HistoryEntry entry, boolean exact, boolean found) {
  /** What is seen so soon after it was made was seen being made. */
  private static final Duration NEW = Duration.ofSeconds(10);

  static Sighting of(Change change, long cursor, HistoryTags tags) {
    Row row = change.row();
    boolean gone = change.type() == Change.Type.DELETED;
    State to = gone ? null : row.state();
    HistoryEntry entry =
        new HistoryEntry(
            cursor,
            gone || row.changed() == null ? change.at() : row.changed(),
            tags.context(row.key().identity()),
            row.key(),
            row.uid(),
            change.from(),
            to,
            row.nativeState(),
            row.reason(),
            tags.queue(row));
    return new Sighting(entry, isDated(row) || (change.from() == null && isNew(row)), false);
  }

  /** Of a row that an earlier daemon left in the cache. */
  static Sighting of(Row row, long cursor, HistoryTags tags) {
    Sighting seen = of(new Change(0, Change.Type.ADDED, row.observed(), null, row), cursor, tags);
    return new Sighting(seen.entry, seen.exact, true);
  }

  /**
   * Of something that is not there any more, and was when an earlier daemon ended.
   *
   * @param last what was recorded of it last
   */
  static Sighting ofEnd(HistoryEntry last, long cursor, Instant at) {
    HistoryEntry end =
        new HistoryEntry(
            cursor,
            at,
            last.context(),
            last.key(),
            last.uid(),
            last.to(),
            null,
            last.nativeState(),
            "gone while nobody watched",
            last.queue());
    return new Sighting(end, false, false);
  }

  /** The server says since when: before anybody saw it. */
  private static boolean isDated(Row row) {
    return row.changed() != null
        && row.observed() != null
        && row.changed().isBefore(row.observed());
  }

  private static boolean isNew(Row row) {
    return row.created() != null
        && row.observed() != null
        && Duration.between(row.created(), row.observed()).compareTo(NEW) < 0;
  }
}
