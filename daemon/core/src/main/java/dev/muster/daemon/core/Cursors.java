package dev.muster.daemon.core;

import java.sql.SQLException;
import org.jboss.logging.Logger;

/**
 * Gives every change its place in the history as it is published, so that a watcher can be told it
 * at once. Places are set aside in the file long before they are used: a daemon that was killed
 * leaves a gap, and no place is given twice.
 */
final class Cursors {
  private static final Logger log = Logger.getLogger(Cursors.class);
  private static final long SET_ASIDE = 1 << 20;

  private final HistoryFile file;
  private volatile boolean begun;
  private long first;
  private long firstChange;
  private long base;
  private long nextCached;
  private long reserved;

  Cursors(HistoryFile file) {
    this.file = file;
  }

  /**
   * Begins behind everything that was ever given. If the file cannot be opened there are no places.
   *
   * @param cached how many are set aside for what the cache holds already
   * @param sequence of the last change that was published before
   */
  void begin(long cached, long sequence) {
    try {
      first = file.with(HistoryTables::nextCursor);
      nextCached = first;
      firstChange = first + cached;
      base = firstChange - sequence - 1;
      reserved = firstChange + SET_ASIDE;
      file.with(
          tables -> {
            tables.setNextCursor(reserved);
            return null;
          });
      begun = true;
    } catch (SQLException e) {
      log.debugf("There is no history: %s", e.getMessage());
    }
  }

  boolean isBegun() {
    return begun;
  }

  /** Of a change, by its number in the feed; 0 if there is none. */
  long of(long sequence) {
    return begun ? base + sequence : 0;
  }

  /** For what the cache held before anything happened; 0 if there is no more. */
  long forCached() {
    return nextCached < firstChange ? nextCached++ : 0;
  }

  /** Whether an earlier daemon gave it. */
  boolean isEarlier(long cursor) {
    return cursor < first;
  }

  /** Sets more aside, in the transaction that uses that place, when the end is not far. */
  void use(HistoryTables tables, long cursor) throws SQLException {
    if (cursor > reserved - SET_ASIDE / 2) {
      reserved = cursor + SET_ASIDE;
      tables.setNextCursor(reserved);
    }
  }
}
