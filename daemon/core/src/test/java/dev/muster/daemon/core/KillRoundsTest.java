package dev.muster.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills whoever writes, again and again on the same files. tests/faults/run does it 200 times
 * ({@code -Dmuster.faults.rounds}), and counts by what is printed here.
 */
class KillRoundsTest {
  private static final int ROUNDS = Integer.getInteger("muster.faults.rounds", 2);
  private static final int ROWS = ROUNDS > 2 ? 10_000 : 500;

  /** A round is killed after so many: what is left of all of them is read in each. */
  private static final int MOST_REPORTS = 6;

  /** How much of what earlier rounds recorded is compared word for word. */
  private static final int COMPARED = 500;

  private final Random random = new Random(20261128);
  private final List<HistoryEntry> known = new ArrayList<>();
  private int rebuilt;
  private long found;
  @TempDir Path directory;

  @Test
  void after_each_kill_the_cache_opens_and_the_history_has_lost_nothing() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      long reported = writeAndKill("round" + round);
      try (HistoryFixture next = new HistoryFixture(directory)) {
        assertThat(next.cached.cache.degraded()).isEmpty();
        assertThat(next.cached.scan("", true)).hasSize((int) next.cached.cache.rows());
        found += next.cached.cache.rows();
        assertThat(next.history.degraded()).isEmpty();
        follows(next, reported);
      }
      rebuilt += Files.deleteIfExists(directory.resolve("cache.quarantined.mv.db")) ? 1 : 0;
    }
    System.out.printf(
        "faults: %d rounds of kill -9 during writes, %d entries of history, none lost; %d rows found again in the cache, which was rebuilt %d times%n",
        ROUNDS, known.size(), found, rebuilt);
  }

  @Test
  void after_a_kill_a_full_cache_is_there_again() throws Exception {
    try (ChildJvm writing = ChildJvm.start(directory, ROWS, 0)) {
      assertThat(writing.line()).isEqualTo("written");
      writing.kill();
    }
    long began = System.nanoTime();
    try (Fixture fixture = new Fixture(directory)) {
      assertThat(fixture.names()).hasSizeGreaterThanOrEqualTo(ROWS);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      System.out.printf(
          "faults: reopened and listed after kill -9 with %d rows in %d ms%n",
          fixture.cache.rows(), took.toMillis());
    }
  }

  /** Answers with the newest cursor that a reader had been given before the kill. */
  private long writeAndKill(String name) throws IOException, InterruptedException {
    long after = known.isEmpty() ? 0 : known.getLast().cursor();
    try (ChildDaemon child = ChildDaemon.start(directory, name, after)) {
      long reported = 0;
      for (int reports = 1 + random.nextInt(MOST_REPORTS); reports > 0; reports--) {
        reported = child.reported();
      }
      child.kill();
      return reported;
    }
  }

  private void follows(HistoryFixture next, long reported) {
    int from = Math.max(0, known.size() - COMPARED);
    long before = from == 0 ? 0 : known.get(from - 1).cursor();
    List<HistoryEntry> entries = next.history.read(HistoryFixture.query(before));
    int compared = known.size() - from;
    assertThat(entries.subList(0, compared)).isEqualTo(known.subList(from, known.size()));
    List<HistoryEntry> news = entries.subList(compared, entries.size());
    assertThat(news).extracting(HistoryEntry::cursor).isSorted().doesNotHaveDuplicates();
    assertThat(news.getLast().cursor()).isGreaterThanOrEqualTo(reported);
    known.addAll(news);
    assertThat(next.history.info().entries()).isGreaterThanOrEqualTo(known.size());
  }
}
