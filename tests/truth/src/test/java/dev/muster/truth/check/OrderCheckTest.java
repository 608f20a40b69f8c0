package dev.muster.truth.check;

import static dev.muster.truth.check.Story.cells;
import static dev.muster.truth.check.Story.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.truth.check.Lie.Kind;
import org.junit.jupiter.api.Test;

class OrderCheckTest {
  /** Two in the same place, one after the other; the second is made ten milliseconds later. */
  private final Story story =
      new Story()
          .version("u1", 10, "STARTING", 1_000)
          .version("u1", 20, "READY", 2_000)
          .version("u1", 30, "TERMINATING", 2_010)
          .end("u1", 40, 2_020)
          .version("u2", 50, "STARTING", 2_030);

  @Test
  void a_read_after_a_write_of_one_s_own_shows_it() {
    assertThat(story.wrote("u1", 20, 1_999).read(2_001, 2_002, row("u1", 20, "READY")).lies())
        .isEmpty();
  }

  @Test
  void a_read_after_a_write_of_one_s_own_shows_no_older_version() {
    assertThat(story.wrote("u1", 20, 1_999).read(2_001, 2_002, row("u1", 10, "STARTING")).lies())
        .containsExactly(Kind.WENT_BACK);
  }

  @Test
  void a_table_after_a_write_of_one_s_own_shows_no_older_cells() {
    assertThat(story.wrote("u1", 30, 2_009).read(2_010, 2_011, cells("READY")).lies())
        .containsExactly(Kind.WENT_BACK);
  }

  @Test
  void what_one_has_made_is_not_missing() {
    assertThat(story.wrote("u1", 10, 999).notFound(1_001, 1_002).lies())
        .containsExactly(Kind.WENT_BACK);
  }

  @Test
  void what_one_has_made_is_not_hidden_by_its_predecessor() {
    assertThat(story.wrote("u2", 50, 2_029).read(2_031, 2_032, row("u1", 30, "TERMINATING")).lies())
        .containsExactly(Kind.WENT_BACK);
  }

  @Test
  void what_one_has_made_may_be_gone_again() {
    assertThat(story.wrote("u1", 10, 999).notFound(2_025, 2_026).lies()).isEmpty();
  }

  @Test
  void what_one_has_deleted_is_not_shown_as_it_was() {
    assertThat(story.deleted("u1", 2_009).read(2_011, 2_012, row("u1", 20, "READY")).lies())
        .containsExactly(Kind.WENT_BACK);
  }

  @Test
  void what_one_has_deleted_may_be_going_or_gone() {
    assertThat(
            story
                .deleted("u1", 2_009)
                .read(2_011, 2_012, row("u1", 30, "TERMINATING"))
                .notFound(2_021, 2_022)
                .lies())
        .isEmpty();
  }

  @Test
  void a_read_that_was_begun_before_the_write_was_acknowledged_need_not_show_it() {
    assertThat(story.wrote("u1", 20, 2_005).read(2_001, 2_009, row("u1", 10, "STARTING")).lies())
        .isEmpty();
  }

  @Test
  void a_later_read_shows_nothing_older_than_an_earlier_one() {
    assertThat(
            story
                .read(2_001, 2_002, row("u1", 20, "READY"))
                .read(2_003, 2_004, row("u1", 10, "STARTING"))
                .lies())
        .containsExactly(Kind.WENT_BACK);
  }

  @Test
  void an_answer_from_past_the_cache_binds_none_from_the_cache() {
    assertThat(
            story
                .fresh(2_001, 2_002, row("u1", 20, "READY"))
                .read(2_003, 2_004, row("u1", 10, "STARTING"))
                .lies())
        .isEmpty();
  }
}
