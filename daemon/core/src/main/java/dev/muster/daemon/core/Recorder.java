package dev.muster.daemon.core;

import java.sql.SQLException;
import java.util.List;

/** Writes sightings that are news into the history, and the runs that end with them. */
final class Recorder {
  /** From a start to ready it takes a handful of steps; more are a resource that flaps. */
  private static final int LONGEST_WAY = 50;

  private final HistoryTables tables;
  private final Cursors cursors;

  Recorder(HistoryTables tables, Cursors cursors) {
    this.tables = tables;
    this.cursors = cursors;
  }

  /** Answers with how many of them were news. */
  int record(List<Sighting> sightings) throws SQLException {
    int news = 0;
    for (Sighting sighting : sightings) {
      news += record(sighting) ? 1 : 0;
    }
    return news;
  }

  private boolean record(Sighting sighting) throws SQLException {
    HistoryEntry seen = sighting.entry();
    List<Run.Step> back = tables.back(seen.key(), 1);
    HistoryEntry last = back.isEmpty() ? null : back.getFirst().entry();
    boolean same = last != null && last.uid().equals(seen.uid());
    if (same && last.to() == seen.to()) {
      return false;
    }
    if (same && sighting.found() && isOld(seen, last)) {
      return false;
    }
    if (last != null && !same && isFollowed(seen)) {
      return false;
    }
    HistoryEntry entry = same ? after(last, seen) : seen;
    boolean unwitnessed = last == null || cursors.isEarlier(last.cursor());
    tables.insert(entry, unwitnessed && !sighting.exact());
    cursors.use(tables, entry.cursor());
    if (entry.to() == State.READY) {
      recordRuns(entry);
    }
    return true;
  }

  /**
   * What was found in a cache that lost more than the history when a daemon was killed: what is
   * gone does not come back as the same one, and a state does not begin before a later one did.
   */
  private static boolean isOld(HistoryEntry found, HistoryEntry last) {
    return last.to() == null || found.at().isBefore(last.at());
  }

  /**
   * An incarnation that another one has followed does not come back: a cache that lost what came
   * after it has it still, until it is listed anew and the end is seen a second time.
   */
  private boolean isFollowed(HistoryEntry seen) throws SQLException {
    return tables.back(seen.key(), LONGEST_WAY).stream()
        .anyMatch(step -> step.entry().uid().equals(seen.uid()));
  }

  private void recordRuns(HistoryEntry end) throws SQLException {
    List<Run.Step> way =
        tables.back(end.key(), LONGEST_WAY).stream()
            .takeWhile(step -> step.entry().uid().equals(end.uid()))
            .toList();
    for (Run run : Run.endingWith(way)) {
      tables.insertRun(end, run);
    }
  }

  /** What was recorded last is what it comes from; two clocks must not turn the order around. */
  private static HistoryEntry after(HistoryEntry last, HistoryEntry seen) {
    return new HistoryEntry(
        seen.cursor(),
        seen.at().isBefore(last.at()) ? last.at() : seen.at(),
        seen.context(),
        seen.key(),
        seen.uid(),
        last.to(),
        seen.to(),
        seen.nativeState(),
        seen.reason(),
        seen.queue());
  }
}
