package dev.muster.daemon.core;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * A cache and its history, as a daemon has them; another one on the same directory is the next
 * daemon.
 */
final class HistoryFixture implements AutoCloseable {
  /** The queue is the label "queue". */
  static final HistoryTags TAGS =
      new HistoryTags() {
        @Override
        public boolean isRecorded(String kind) {
          return !kind.equals("pod");
        }

        @Override
        public String context(String identity) {
          return "lab";
        }

        @Override
        public String queue(Row row) {
          return row.labels().startsWith("queue=") ? row.labels().substring(6) : "";
        }
      };

  final Fixture cached;
  final History history;

  HistoryFixture(Path directory) {
    this(directory, "1", Rows.NOON.plusSeconds(5));
  }

  /**
   * @param version of the cache: another one begins empty
   */
  HistoryFixture(Path directory, String version, Instant now) {
    cached = new Fixture(directory, version);
    history = History.open(directory, TAGS, History.KEPT, Clock.fixed(now, ZoneOffset.UTC));
    history.follow(cached.feed, cached.cache);
  }

  HistoryFixture put(Row... rows) {
    cached.put(rows);
    return this;
  }

  List<HistoryEntry> entries() {
    return history.read(query(0));
  }

  /** "demo QUEUED -> READY" for each. */
  List<String> lines() {
    return entries().stream()
        .map(entry -> entry.key().name() + " " + entry.from() + " -> " + entry.to())
        .toList();
  }

  /** "QUEUED -> READY" for each of that one's. */
  List<String> of(String name) {
    return lines().stream()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length() + 1))
        .toList();
  }

  /** All of that namespace have been put that there are; empty: of every one. */
  void list(String namespace) {
    cached.writer.sweep(Rows.IDENTITY, Rows.KIND, namespace, Rows.NOON);
    cached.settle();
  }

  static HistoryQuery query(long after) {
    return new HistoryQuery(Rows.IDENTITY, "", "", "", null, after, 1_000);
  }

  /** In that state since then, as the server says. */
  static Row since(Instant time, State state, Row row) {
    return Rows.in(state, row).withChanged(time).withObserved(time.plusSeconds(1));
  }

  Duration[] estimate(Row row) {
    return history
        .estimate(row)
        .map(estimate -> new Duration[] {estimate.median(), estimate.ninetieth()})
        .orElse(new Duration[0]);
  }

  @Override
  public void close() {
    cached.writer.close();
    history.close();
    cached.cache.close();
  }
}
