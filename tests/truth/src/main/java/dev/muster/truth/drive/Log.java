package dev.muster.truth.drive;

import dev.muster.truth.check.Judge.Evidence;
import dev.muster.truth.check.OwnWrite;
import dev.muster.truth.check.Read;
import dev.muster.truth.check.Told;
import dev.muster.truth.check.Waited;
import dev.muster.truth.check.Watched;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** What was answered so far, of all readers and writers. Thread-safe. */
final class Log {
  private final Queue<Read> reads = new ConcurrentLinkedQueue<>();
  private final Queue<Waited> waits = new ConcurrentLinkedQueue<>();
  private final Queue<Watched> watches = new ConcurrentLinkedQueue<>();
  private final Queue<OwnWrite> writes = new ConcurrentLinkedQueue<>();
  private final Queue<String> troubles = new ConcurrentLinkedQueue<>();
  private final Map<Told, Told> rows = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
  private final AtomicLong answers = new AtomicLong();

  /** The same row is told hundreds of times, and kept once. */
  Told kept(Told row) {
    Told before = rows.putIfAbsent(row, row);
    return before == null ? row : before;
  }

  void add(Read read) {
    reads.add(read);
    answered(read.what().replaceFirst(" of .*", ""));
  }

  void add(Waited waited) {
    waits.add(waited);
    answered("wait");
  }

  /** Its events were counted as they came. */
  void add(Watched watched) {
    watches.add(watched);
  }

  void add(OwnWrite write) {
    writes.add(write);
  }

  /** One more answer of that kind, which will be checked. */
  void answered(String kind) {
    answers.incrementAndGet();
    count("answers: " + kind);
  }

  void count(String what) {
    counts.computeIfAbsent(what, w -> new AtomicLong()).incrementAndGet();
  }

  /** Something that should have been answered, and was not. */
  void trouble(String what) {
    troubles.add(what);
  }

  List<String> troubles() {
    return List.copyOf(troubles);
  }

  long answers() {
    return answers.get();
  }

  Map<String, Long> counts() {
    Map<String, Long> all = new TreeMap<>();
    counts.forEach((what, number) -> all.put(what, number.get()));
    return all;
  }

  Evidence evidence() {
    return new Evidence(
        new ArrayList<>(reads),
        new ArrayList<>(waits),
        new ArrayList<>(watches),
        new ArrayList<>(writes));
  }
}
