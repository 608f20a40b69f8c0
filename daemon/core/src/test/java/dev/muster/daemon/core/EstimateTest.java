package dev.muster.daemon.core;

import static dev.muster.daemon.core.HistoryFixture.since;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EstimateTest {
  private static final Instant NOON = Rows.NOON;
  @TempDir Path directory;

  /** Queued, starting a minute later, and ready so many seconds after that. */
  private static void run(HistoryFixture daemon, String name, int seconds) {
    Row row = Rows.row(name);
    daemon.put(
        since(NOON, State.QUEUED, row),
        Rows.at("101", since(NOON.plusSeconds(60), State.STARTING, row)),
        Rows.at("102", since(NOON.plusSeconds(60 + seconds), State.READY, row)));
  }

  @Test
  void five_runs_tell_how_long_the_next_will_take() {
    try (HistoryFixture daemon = new HistoryFixture(directory)) {
      for (int i = 1; i <= 4; i++) {
        run(daemon, "run-" + i, i * 10);
      }
      Row starting = Rows.in(State.STARTING, Rows.row("next"));
      assertThat(daemon.entries()).hasSize(12);
      assertThat(daemon.estimate(starting)).as("four say nothing").isEmpty();
      run(daemon, "run-5", 50);
      assertThat(daemon.entries()).hasSize(15);
      assertThat(daemon.estimate(starting))
          .containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(50));
      assertThat(daemon.estimate(Rows.in(State.QUEUED, starting)))
          .containsExactly(Duration.ofSeconds(90), Duration.ofSeconds(110));
      assertThat(daemon.estimate(Rows.in(State.READY, starting))).isEmpty();
      Row elsewhere = Rows.under(new Key("another", Rows.KIND, "team", "next"), "", starting);
      assertThat(daemon.estimate(elsewhere)).as("of another context").isEmpty();
    }
  }

  @Test
  void median_and_ninetieth_are_times_that_runs_took() {
    List<Duration> runs = IntStream.rangeClosed(1, 10).mapToObj(Duration::ofMinutes).toList();
    assertThat(Estimate.of(runs))
        .contains(new Estimate(Duration.ofMinutes(5), Duration.ofMinutes(9), 10));
    assertThat(Estimate.of(runs.subList(0, 4))).isEmpty();
  }

  private static Run.Step step(State from, State to, int second) {
    return step(from, to, second, false);
  }

  private static Run.Step step(State from, State to, int second, boolean found) {
    return new Run.Step(
        new HistoryEntry(
            second, NOON.plusSeconds(second), "lab", Rows.key("demo"), "uid", from, to, "", "", ""),
        found);
  }

  @Test
  void a_run_that_was_put_back_into_the_queue_counts_from_its_first_place_in_it() {
    assertThat(
            Run.endingWith(
                List.of(
                    step(State.STARTING, State.READY, 40),
                    step(State.QUEUED, State.STARTING, 30),
                    step(State.STARTING, State.QUEUED, 20),
                    step(State.QUEUED, State.STARTING, 10),
                    step(State.SUSPENDED, State.QUEUED, 5),
                    step(State.READY, State.SUSPENDED, 0))))
        .containsExactlyInAnyOrder(
            new Run(State.QUEUED, Duration.ofSeconds(35)),
            new Run(State.STARTING, Duration.ofSeconds(10)));
  }

  @Test
  void a_recovery_is_no_run() {
    assertThat(
            Run.endingWith(
                List.of(
                    step(State.STARTING, State.READY, 40),
                    step(State.READY, State.STARTING, 30),
                    step(State.STARTING, State.READY, 20))))
        .isEmpty();
  }

  @Test
  void what_was_not_witnessed_is_not_measured() {
    assertThat(
            Run.endingWith(
                List.of(
                    step(State.STARTING, State.READY, 40),
                    step(State.QUEUED, State.STARTING, 30),
                    step(null, State.QUEUED, 20, true))))
        .containsExactly(new Run(State.STARTING, Duration.ofSeconds(10)));
    assertThat(
            Run.endingWith(
                List.of(
                    step(State.STARTING, State.READY, 40, true),
                    step(State.QUEUED, State.STARTING, 30))))
        .isEmpty();
  }

  @Test
  void a_state_that_began_while_no_daemon_ran_is_not_measured_unless_the_server_dates_it() {
    try (HistoryFixture daemon = new HistoryFixture(directory)) {
      for (int i = 0; i < 5; i++) {
        daemon.put(since(NOON, State.STARTING, Rows.row("dated-" + i)));
      }
    }
    try (HistoryFixture next = new HistoryFixture(directory)) {
      for (int i = 0; i < 5; i++) {
        Row noticed = Rows.in(State.READY, Rows.row("dated-" + i)).withChanged(null);
        next.put(Rows.at("101", noticed.withObserved(NOON.plusSeconds(7_000))));
      }
      assertThat(next.entries()).hasSize(10);
      assertThat(next.estimate(Rows.in(State.STARTING, Rows.row("x")))).isEmpty();
    }
  }
}
