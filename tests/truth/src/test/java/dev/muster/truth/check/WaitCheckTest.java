package dev.muster.truth.check;

import static dev.muster.truth.check.Story.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.truth.check.Lie.Kind;
import dev.muster.truth.check.Waited.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitCheckTest {
  private final Story story =
      new Story()
          .version("u1", 10, "STARTING", 1_000)
          .version("u1", 20, "READY", 2_000)
          .version("u1", 30, "TERMINATING", 3_000)
          .end("u1", 40, 4_000);

  @Test
  void a_goal_that_a_version_reached_meanwhile_is_true() {
    assertThat(waited("ready", 1_500, 2_010, Outcome.REACHED, row("u1", 20, "READY"))).isEmpty();
  }

  @Test
  void a_state_that_was_passed_counts() {
    assertThat(waited("starting", 1_900, 2_010, Outcome.REACHED, row("u1", 20, "READY"))).isEmpty();
  }

  @Test
  void a_goal_that_the_told_version_does_not_reach_is_found() {
    assertThat(waited("ready", 1_500, 1_600, Outcome.REACHED, row("u1", 10, "STARTING")))
        .containsExactly(Kind.UNFULFILLED);
  }

  @Test
  void a_goal_reached_by_an_invented_version_is_found() {
    assertThat(waited("ready", 1_500, 1_600, Outcome.REACHED, row("u1", 15, "READY")))
        .containsExactly(Kind.INVENTED, Kind.UNFULFILLED);
  }

  @Test
  void a_goal_that_was_reached_only_before_it_was_asked_is_stale() {
    assertThat(waited("ready", 3_500, 3_510, Outcome.REACHED, row("u1", 20, "READY")))
        .containsExactly(Kind.STALE);
  }

  @Test
  void a_deletion_that_did_not_happen_is_found() {
    assertThat(waited("deleted", 2_500, 2_600, Outcome.REACHED, null))
        .containsExactly(Kind.UNFULFILLED);
  }

  @Test
  void a_deletion_that_happened_is_true() {
    assertThat(waited("deleted", 2_500, 4_001, Outcome.REACHED, row("u1", 30, "TERMINATING")))
        .isEmpty();
  }

  @Test
  void something_gone_that_was_there_is_found() {
    assertThat(waited("ready", 2_500, 2_600, Outcome.GONE, null)).containsExactly(Kind.UNFULFILLED);
  }

  @Test
  void something_replaced_that_was_the_only_one_is_found() {
    assertThat(waited("ready", 2_500, 2_600, Outcome.REPLACED, row("u1", 20, "READY")))
        .containsExactly(Kind.UNFULFILLED);
  }

  @Test
  void running_out_of_time_while_the_goal_is_reached_is_found() {
    assertThat(waited("ready", 1_500, 2_900, Outcome.TIMED_OUT, row("u1", 20, "READY"))).isEmpty();
    assertThat(waited("ready", 2_050, 2_900, Outcome.TIMED_OUT, row("u1", 20, "READY")))
        .containsExactly(Kind.UNFULFILLED);
  }

  @Test
  void a_wait_that_ends_without_saying_how_is_found() {
    assertThat(waited("ready", 1_500, 2_900, Outcome.NONE, null)).containsExactly(Kind.UNFULFILLED);
  }

  /** What is found in one wait about that story. */
  private List<Kind> waited(String goal, long started, long ended, Outcome outcome, Told row) {
    int before = story.lies().size();
    List<Kind> lies = story.waited(goal, started, ended, outcome, row).lies();
    return lies.subList(before, lies.size());
  }
}
