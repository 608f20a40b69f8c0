package dev.muster.daemon.core;

import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Long lists as they were read last, for as long as nothing of their kind was written: reading ten
 * thousand rows out of H2 takes tens of milliseconds on a busy machine, and polling loops ask for
 * the same ones over and over. Given up when memory is short. Thread-safe.
 */
final class Snapshots {
  /** A shorter list is read fast enough. */
  private static final int WORTHWHILE = 100;

  private static final int MOST_ROWS = 50_000;
  private static final int MOST_LISTS = 16;

  /** The rows of one kind. */
  record Kind(String identity, String kind) {}

  /** What was written when a list was read; it holds while this does. */
  record Mark(long epoch, long generation) {}

  private record Scan(Kind kind, String namespace) {}

  private record Snapshot(Mark mark, List<Row> rows) {}

  private final Map<Kind, AtomicLong> generations = new ConcurrentHashMap<>();
  private final Map<Scan, SoftReference<Snapshot>> snapshots = new ConcurrentHashMap<>();
  private final AtomicLong epoch = new AtomicLong();

  /** To be taken before the rows are read. */
  Mark mark(Kind kind) {
    return new Mark(epoch.get(), generation(kind).get());
  }

  /** Null: none, or it is of another time. */
  List<Row> find(Kind kind, String namespace) {
    SoftReference<Snapshot> reference = snapshots.get(new Scan(kind, namespace));
    Snapshot snapshot = reference == null ? null : reference.get();
    return snapshot != null && snapshot.mark().equals(mark(kind)) ? snapshot.rows() : null;
  }

  void keep(Kind kind, String namespace, Mark mark, List<Row> rows) {
    if (rows.size() < WORTHWHILE || rows.size() > MOST_ROWS) {
      return;
    }
    if (snapshots.size() >= MOST_LISTS) {
      snapshots.clear();
    }
    snapshots.put(new Scan(kind, namespace), new SoftReference<>(new Snapshot(mark, rows)));
  }

  /** To be called after the commit and before anybody is told of it. */
  void written(Iterable<Kind> kinds) {
    for (Kind kind : kinds) {
      generation(kind).incrementAndGet();
      snapshots.keySet().removeIf(scan -> scan.kind().equals(kind));
    }
  }

  /** All rows were lost. */
  void forget() {
    epoch.incrementAndGet();
    snapshots.clear();
  }

  private AtomicLong generation(Kind kind) {
    return generations.computeIfAbsent(kind, any -> new AtomicLong());
  }
}
