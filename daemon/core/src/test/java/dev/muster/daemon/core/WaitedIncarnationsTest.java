package dev.muster.daemon.core;

import static dev.muster.daemon.core.WaitFixture.DEMO;
import static dev.muster.daemon.core.WaitFixture.end;
import static dev.muster.daemon.core.WaitFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.daemon.core.WaitUpdate.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a wait makes of things that come and go under the name that it waits for. */
class WaitedIncarnationsTest {
  @TempDir Path directory;
  private WaitFixture waits;

  @BeforeEach
  void setUp() {
    waits = new WaitFixture(directory);
  }

  @AfterEach
  void everything_is_given_back() {
    waits.close();
  }

  @Test
  void what_was_made_anew_is_deleted() throws Exception {
    waits.cached.put(DEMO);
    CompletableFuture<WaitUpdate> wait = waits.begun(Goal.DELETED);

    waits.cached.put(Rows.of("uid-2", DEMO));

    assertThat(end(wait).outcome()).isEqualTo(Outcome.REACHED);
  }

  @Test
  void another_incarnation_than_the_one_deleted_is_no_reason_to_wait() throws Exception {
    waits.cached.put(Rows.of("uid-2", DEMO));

    assertThat(end(waits.start(request(Goal.DELETED, null, Duration.ZERO, "uid-1"))).outcome())
        .isEqualTo(Outcome.REACHED);
  }

  @Test
  void what_goes_away_while_it_is_waited_for_is_gone() throws Exception {
    waits.cached.put(DEMO);
    CompletableFuture<WaitUpdate> wait =
        waits.begun(request(Goal.READY, null, Duration.ofSeconds(10), ""));

    waits.cached.writer.remove(DEMO.key(), DEMO.uid(), Rows.NOON);

    WaitUpdate end = end(wait);
    assertThat(end.outcome()).isEqualTo(Outcome.GONE);
    assertThat(end.line()).isEqualTo("raycluster demo in namespace team was deleted");
    assertThat(end.row()).isEqualTo(DEMO);
  }

  @Test
  void what_is_made_anew_while_it_is_waited_for_is_replaced() throws Exception {
    waits.cached.put(DEMO);
    CompletableFuture<WaitUpdate> wait = waits.begun(Goal.READY);

    waits.cached.put(Rows.of("uid-2", Rows.in(State.READY, DEMO)));

    WaitUpdate end = end(wait);
    assertThat(end.outcome()).isEqualTo(Outcome.REPLACED);
    assertThat(end.line())
        .isEqualTo("raycluster demo in namespace team was deleted and made anew by somebody else");
  }

  @ParameterizedTest
  @CsvSource({"READY, READY", "DELETED, TERMINATING"})
  void what_had_the_name_before_the_wait_looked_does_not_end_it(Goal.Type type, State last)
      throws Exception {
    // All of it happens after the wait has subscribed and before it looks.
    waits.liveness.meanwhile(
        () -> {
          waits.cached.writer.put(DEMO);
          waits.cached.writer.remove(DEMO.key(), DEMO.uid(), Rows.NOON);
          waits.cached.put(Rows.at("102", Rows.of("uid-2", DEMO)));
        });
    CompletableFuture<WaitUpdate> wait = waits.begun(new Goal(type, null));

    waits.cached.put(Rows.at("103", Rows.of("uid-2", Rows.in(last, DEMO))));
    if (type == Goal.Type.DELETED) {
      waits.cached.writer.remove(DEMO.key(), "uid-2", Rows.NOON);
    }

    WaitUpdate end = end(wait);
    assertThat(end.outcome()).isEqualTo(Outcome.REACHED);
    assertThat(end.row().state()).isEqualTo(last);
  }

  @Test
  void what_was_just_written_may_take_a_moment_to_arrive() throws Exception {
    waits.cached.put(Rows.of("uid-before", DEMO));
    CompletableFuture<WaitUpdate> wait =
        waits.begun(request(Goal.READY, null, Duration.ZERO, "uid-demo"));

    waits.cached.writer.remove(DEMO.key(), "uid-before", Rows.NOON);
    waits.cached.put(DEMO);
    await().until(() -> waits.progress.getLast().line().startsWith("STARTING"));
    waits.cached.put(Rows.in(State.READY, DEMO));

    assertThat(end(wait).outcome()).isEqualTo(Outcome.REACHED);
  }

  @Test
  void what_was_written_and_does_not_arrive_is_gone() throws Exception {
    CompletableFuture<WaitUpdate> wait =
        waits.begun(request(Goal.READY, null, Duration.ofSeconds(1), "uid-demo"));

    waits.ticker.pass(Duration.ofSeconds(1));
    assertThat(wait).isNotDone();
    waits.ticker.pass(Wait.ARRIVAL);

    assertThat(end(wait).outcome()).isEqualTo(Outcome.GONE);
  }

  @Test
  void what_stays_another_than_what_was_written_is_replaced() throws Exception {
    waits.cached.put(Rows.of("uid-2", DEMO));
    CompletableFuture<WaitUpdate> wait =
        waits.begun(request(Goal.READY, null, Duration.ZERO, "uid-demo"));

    waits.ticker.pass(Wait.ARRIVAL);

    assertThat(end(wait).outcome()).isEqualTo(Outcome.REPLACED);
  }

  @Test
  void the_deletion_of_an_earlier_incarnation_ends_nothing() throws Exception {
    waits.cached.put(DEMO);
    CompletableFuture<WaitUpdate> wait = waits.begun(Goal.READY);

    waits.cached.feed.publish(
        List.of(
            new ChangeFeed.Draft(Change.Type.DELETED, State.STARTING, Rows.of("uid-before", DEMO))),
        Rows.NOON);
    waits.cached.put(Rows.in(State.READY, DEMO));

    assertThat(end(wait).outcome()).isEqualTo(Outcome.REACHED);
  }
}
