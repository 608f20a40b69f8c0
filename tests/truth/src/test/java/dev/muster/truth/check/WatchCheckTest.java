package dev.muster.truth.check;

import static dev.muster.truth.check.Story.event;
import static dev.muster.truth.check.Story.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.truth.check.Lie.Kind;
import dev.muster.truth.check.Watched.Event;
import org.junit.jupiter.api.Test;

class WatchCheckTest {
  private static final long LATE = 9_000;

  /** The third version changes nothing that can be seen. */
  private final Story story =
      new Story()
          .version("u1", 10, "STARTING", 1_000)
          .version("u1", 20, "READY", 2_000)
          .version("u1", 25, "READY", 2_500)
          .version("u1", 30, "TERMINATING", 3_000)
          .end("u1", 40, 4_000);

  private final Event added = event(Watched.Type.ADDED, "", row("u1", 10, "STARTING"));
  private final Event ready = event(Watched.Type.CHANGED, "STARTING", row("u1", 20, "READY"));
  private final Event going = event(Watched.Type.CHANGED, "READY", row("u1", 30, "TERMINATING"));
  private final Event gone =
      event(Watched.Type.DELETED, "TERMINATING", row("u1", 30, "TERMINATING"));

  @Test
  void every_change_that_can_be_seen_once_and_in_order_is_true() {
    assertThat(story.watched(LATE, added, ready, going, gone).lies()).isEmpty();
  }

  @Test
  void a_change_that_was_not_told_is_lost() {
    Event jump = event(Watched.Type.CHANGED, "STARTING", row("u1", 30, "TERMINATING"));

    assertThat(story.watched(LATE, added, jump, gone).lies()).containsExactly(Kind.LOST, Kind.LOST);
  }

  @Test
  void an_end_that_was_not_told_is_lost() {
    assertThat(story.watched(LATE, added, ready, going).lies()).containsExactly(Kind.LOST);
  }

  @Test
  void a_whole_life_that_was_not_told_is_lost() {
    assertThat(story.watched(LATE).lies())
        .containsExactly(Kind.LOST, Kind.LOST, Kind.LOST, Kind.LOST, Kind.LOST);
  }

  @Test
  void what_came_within_the_lag_before_the_end_need_not_have_been_told() {
    assertThat(story.watched(4_050, added, ready, going).lies()).isEmpty();
  }

  @Test
  void a_change_told_twice_is_doubled() {
    Event again = event(Watched.Type.CHANGED, "READY", row("u1", 20, "READY"));

    assertThat(story.watched(LATE, added, ready, again, going, gone).lies())
        .containsExactly(Kind.DOUBLED);
  }

  @Test
  void a_change_that_nobody_can_see_is_told_for_nothing() {
    Event unseen = event(Watched.Type.CHANGED, "READY", row("u1", 25, "READY"));

    assertThat(story.watched(LATE, added, ready, unseen, going, gone).lies())
        .containsExactly(Kind.DOUBLED);
  }

  @Test
  void a_new_reason_for_the_same_version_is_news() {
    Event why = event(Watched.Type.CHANGED, "STARTING", row("u1", 10, "STARTING", "no image"));

    assertThat(story.watched(LATE, added, why, ready, going, gone).lies()).isEmpty();
  }

  @Test
  void an_addition_told_twice_is_doubled() {
    assertThat(story.watched(LATE, added, added, ready, going, gone).lies())
        .containsExactly(Kind.DOUBLED);
  }

  @Test
  void an_end_told_twice_is_doubled() {
    assertThat(story.watched(LATE, added, ready, going, gone, gone).lies())
        .containsExactly(Kind.DOUBLED);
  }

  @Test
  void a_step_back_is_found() {
    Event back = event(Watched.Type.CHANGED, "READY", row("u1", 10, "STARTING"));

    assertThat(story.watched(LATE, added, ready, back, going, gone).lies())
        .containsExactly(Kind.WENT_BACK);
  }

  @Test
  void an_invented_event_is_found() {
    Event never = event(Watched.Type.CHANGED, "READY", row("u1", 22, "SUSPENDED"));
    Event after = event(Watched.Type.CHANGED, "SUSPENDED", row("u1", 30, "TERMINATING"));

    assertThat(story.watched(LATE, added, ready, never, after, gone).lies())
        .contains(Kind.INVENTED);
  }

  @Test
  void an_end_of_what_goes_on_is_invented() {
    Story alive = new Story().version("u1", 10, "STARTING", 1_000);
    Event end = event(Watched.Type.DELETED, "STARTING", row("u1", 10, "STARTING"));

    assertThat(alive.watched(LATE, added, end).lies()).containsExactly(Kind.INVENTED);
  }

  @Test
  void what_a_later_write_of_one_s_own_overtook_need_not_be_told() {
    Event jump = event(Watched.Type.CHANGED, "STARTING", row("u1", 30, "TERMINATING"));

    assertThat(story.deleted("u1", 2_999).watched(LATE, added, jump, gone).lies()).isEmpty();
  }

  @Test
  void a_write_of_one_s_own_is_told() {
    assertThat(story.wrote("u1", 20, 1_999).watched(2_900, added).lies())
        .containsExactly(Kind.LOST, Kind.LOST);
  }

  @Test
  void a_watch_that_says_it_lost_sight_is_excused_from_telling_everything() {
    Event lost = new Event(Watched.Type.LOST_SIGHT, "", null, 0);
    Event jump = event(Watched.Type.CHANGED, "STARTING", row("u1", 30, "TERMINATING"));

    assertThat(story.watched(LATE, added, lost, jump, gone).lies()).isEmpty();
  }

  @Test
  void what_was_there_when_it_began_is_judged_like_a_list() {
    Story before = new Story().version("u1", 10, "STARTING", -500).version("u1", 20, "READY", -400);

    assertThat(
            before.watched(LATE, event(Watched.Type.PRESENT, "", row("u1", 10, "STARTING"))).lies())
        .containsExactly(Kind.STALE, Kind.LOST);
  }
}
