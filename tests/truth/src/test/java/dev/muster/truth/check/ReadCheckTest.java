package dev.muster.truth.check;

import static dev.muster.truth.check.Story.cells;
import static dev.muster.truth.check.Story.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.truth.check.Lie.Kind;
import dev.muster.truth.history.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadCheckTest {
  /** Made at 1000, ready at 2000, its deletion asked for at 3000, gone at 4000. */
  private final Story story =
      new Story()
          .version("u1", 10, "STARTING", 1_000)
          .version("u1", 20, "READY", 2_000)
          .version("u1", 30, "TERMINATING", 3_000)
          .end("u1", 40, 4_000);

  @Test
  void the_newest_version_is_true() {
    assertThat(story.read(2_500, 2_510, row("u1", 20, "READY")).lies()).isEmpty();
  }

  @Test
  void a_version_that_was_replaced_less_than_the_lag_ago_is_true() {
    assertThat(story.read(2_080, 2_090, row("u1", 10, "STARTING")).lies()).isEmpty();
  }

  @Test
  void a_version_that_was_replaced_before_the_lag_is_stale() {
    assertThat(story.read(2_190, 2_200, row("u1", 10, "STARTING")).lies())
        .containsExactly(Kind.STALE);
  }

  @Test
  void a_table_s_row_is_judged_by_its_cells() {
    assertThat(story.read(2_500, 2_510, cells("STARTING")).lies()).containsExactly(Kind.STALE);
    assertThat(story.read(2_600, 2_610, cells("READY")).lies()).containsExactly(Kind.STALE);
  }

  @Test
  void a_version_that_there_never_was_is_invented() {
    assertThat(story.read(2_500, 2_510, row("u1", 21, "READY")).lies())
        .containsExactly(Kind.INVENTED);
  }

  @Test
  void a_uid_that_there_never_was_is_invented() {
    assertThat(story.read(2_500, 2_510, row("u9", 20, "READY")).lies())
        .containsExactly(Kind.INVENTED);
  }

  @Test
  void a_state_that_the_version_does_not_have_is_invented() {
    assertThat(story.read(2_500, 2_510, row("u1", 20, "SUSPENDED")).lies())
        .containsExactly(Kind.INVENTED);
  }

  @Test
  void cells_that_no_version_ever_had_are_invented() {
    assertThat(story.read(2_500, 2_510, cells("SUSPENDED")).lies()).containsExactly(Kind.INVENTED);
  }

  @Test
  void a_place_where_nothing_ever_was_is_invented() {
    Told elsewhere = Told.ofCells(new Place("ns", "other"), List.of("other", "ns", "READY"), "");

    assertThat(story.read(2_500, 2_510, row("u1", 20, "READY"), elsewhere).lies())
        .containsExactly(Kind.INVENTED);
  }

  @Test
  void what_is_there_must_not_be_missing() {
    assertThat(story.read(2_500, 2_510).lies()).containsExactly(Kind.STALE);
    assertThat(story.notFound(2_600, 2_610).lies()).containsExactly(Kind.STALE, Kind.STALE);
  }

  @Test
  void what_came_or_went_less_than_the_lag_ago_may_be_missing() {
    assertThat(story.notFound(1_050, 1_060).notFound(3_950, 3_960).lies()).isEmpty();
  }

  @Test
  void what_is_gone_must_not_be_told() {
    assertThat(story.read(4_200, 4_210, row("u1", 30, "TERMINATING")).lies())
        .containsExactly(Kind.STALE);
  }

  @Test
  void past_the_cache_no_lag_is_admitted() {
    assertThat(story.fresh(2_010, 2_020, row("u1", 10, "STARTING")).lies())
        .containsExactly(Kind.STALE);
  }

  @Test
  void a_row_told_twice_in_one_answer_is_doubled() {
    assertThat(story.read(2_500, 2_510, row("u1", 20, "READY"), row("u1", 20, "READY")).lies())
        .containsExactly(Kind.DOUBLED);
  }

  @Test
  void an_answer_that_is_live_was_true_during_the_call() {
    Read read =
        new Read(
            "get",
            "ns",
            "demo",
            false,
            true,
            2_400_000,
            2_500_000,
            2_510_000,
            List.of(row("u1", 20, "READY")));

    assertThat(story.add(read).lies()).containsExactly(Kind.MISDATED);
  }

  @Test
  void an_answer_that_admits_to_be_old_may_be_old() {
    Read read =
        new Read(
            "get",
            "ns",
            "demo",
            false,
            false,
            1_500_000,
            2_900_000,
            2_910_000,
            List.of(row("u1", 10, "STARTING")));

    assertThat(story.add(read).lies()).isEmpty();
  }
}
