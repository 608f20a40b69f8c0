package dev.muster.daemon.core;

import static dev.muster.daemon.core.WaitFixture.DEMO;
import static dev.muster.daemon.core.WaitFixture.end;
import static dev.muster.daemon.core.WaitFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.daemon.core.WaitUpdate.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a wait ends with: by the goal, the state and the time. */
class WaitsTest {
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
  void what_is_ready_ends_the_wait_at_once_without_progress() throws Exception {
    Row ready = Rows.in(State.READY, DEMO);
    waits.cached.put(ready);

    WaitUpdate end = end(waits.start(Goal.READY));

    assertThat(end.outcome()).isEqualTo(Outcome.REACHED);
    assertThat(end.row()).isEqualTo(ready);
    assertThat(end.line()).isEqualTo("READY: one pod is not ready");
    assertThat(end.elapsed()).isZero();
    assertThat(waits.progress).isEmpty();
  }

  @Test
  void what_becomes_ready_ends_the_wait_and_each_new_line_is_told_once() throws Exception {
    waits.cached.put(DEMO);
    CompletableFuture<WaitUpdate> wait = waits.begun(Goal.READY);

    waits.cached.put(Rows.at("101", DEMO));
    waits.cached.put(Rows.because("", Rows.at("102", DEMO)));
    await().until(() -> waits.progress.size() == 2);
    waits.ticker.pass(Duration.ofSeconds(3));
    waits.cached.put(Rows.in(State.READY, Rows.at("103", DEMO)));

    WaitUpdate end = end(wait);
    assertThat(end.outcome()).isEqualTo(Outcome.REACHED);
    assertThat(end.elapsed()).isEqualTo(Duration.ofSeconds(3));
    assertThat(waits.progress)
        .extracting(WaitUpdate::line)
        .containsExactly("STARTING: one pod is not ready", "STARTING");
    assertThat(waits.progress).extracting(WaitUpdate::outcome).containsOnly(Outcome.PENDING);
  }

  @Test
  void what_is_absent_is_gone() throws Exception {
    WaitUpdate end = end(waits.start(Goal.READY));

    assertThat(end.outcome()).isEqualTo(Outcome.GONE);
    assertThat(end.line()).isEqualTo("there is no raycluster demo in namespace team");
    assertThat(end.row()).isNull();
  }

  @Test
  void what_may_be_absent_for_a_while_is_waited_for() throws Exception {
    CompletableFuture<WaitUpdate> wait =
        waits.begun(request(Goal.READY, null, Duration.ofSeconds(10), ""));
    assertThat(waits.progress.getFirst().line())
        .isEqualTo("waiting for raycluster demo in namespace team to appear");

    waits.ticker.pass(Duration.ofSeconds(9));
    waits.cached.put(DEMO);
    await().until(() -> waits.progress.size() == 2);
    waits.ticker.pass(Duration.ofSeconds(9));
    waits.cached.put(Rows.in(State.READY, DEMO));

    assertThat(end(wait).outcome()).isEqualTo(Outcome.REACHED);
  }

  @Test
  void what_does_not_appear_in_time_is_gone() throws Exception {
    CompletableFuture<WaitUpdate> wait =
        waits.begun(request(Goal.READY, Duration.ofSeconds(60), Duration.ofSeconds(10), ""));

    waits.ticker.pass(Duration.ofSeconds(10));

    assertThat(end(wait).outcome()).isEqualTo(Outcome.GONE);
  }

  @Test
  void the_time_out_counts_while_it_is_absent_too() throws Exception {
    CompletableFuture<WaitUpdate> wait =
        waits.begun(request(Goal.READY, Duration.ofSeconds(5), Duration.ofSeconds(10), ""));

    waits.ticker.pass(Duration.ofSeconds(5));

    WaitUpdate end = end(wait);
    assertThat(end.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(end.line())
        .isEqualTo("not ready after 5s: waiting for raycluster demo in namespace team to appear");
  }

  private static WaitRequest after(Duration elapsed, String uid) {
    return new WaitRequest(
        DEMO.key(), Goal.READY, Duration.ofSeconds(60), Duration.ofSeconds(10), uid, elapsed);
  }

  @Test
  void what_was_waited_elsewhere_counts() throws Exception {
    waits.cached.put(DEMO);
    CompletableFuture<WaitUpdate> wait = waits.begun(after(Duration.ofSeconds(50), ""));
    waits.ticker.pass(Duration.ofSeconds(9));
    assertThat(wait).isNotDone();
    waits.ticker.pass(Duration.ofSeconds(1));

    WaitUpdate end = end(wait);
    assertThat(end.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(end.line()).startsWith("not ready after 60s: ");
    assertThat(end.elapsed()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void a_time_that_is_over_already_is_over() throws Exception {
    waits.cached.put(DEMO);
    assertThat(end(waits.start(after(Duration.ofSeconds(70), ""))).outcome())
        .isEqualTo(Outcome.TIMED_OUT);
  }

  @Test
  void what_was_seen_elsewhere_and_is_not_there_was_deleted() throws Exception {
    WaitUpdate end = end(waits.start(after(Duration.ofSeconds(20), DEMO.uid())));
    assertThat(end.outcome()).isEqualTo(Outcome.GONE);
    assertThat(end.line()).isEqualTo("raycluster demo in namespace team was deleted");
  }

  @Test
  void what_has_the_name_of_what_was_seen_elsewhere_is_another_one() throws Exception {
    waits.cached.put(DEMO);
    assertThat(end(waits.start(after(Duration.ofSeconds(20), "another"))).outcome())
        .isEqualTo(Outcome.REPLACED);
  }

  @Test
  void without_a_time_out_it_waits_for_ever() throws Exception {
    waits.cached.put(DEMO);
    CompletableFuture<WaitUpdate> wait = waits.begun(Goal.READY);

    waits.ticker.pass(Duration.ofDays(400));

    assertThat(wait).isNotDone();
    assertThat(waits.ticker.waiting()).isZero();
  }

  @Test
  void a_time_out_of_nothing_looks_once() throws Exception {
    waits.cached.put(DEMO);

    WaitUpdate end = end(waits.start(request(Goal.READY, Duration.ZERO, Duration.ZERO, "")));

    assertThat(end.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(end.line()).isEqualTo("not ready after 0s: STARTING: one pod is not ready");
  }

  @Test
  void what_is_absent_is_deleted() throws Exception {
    WaitUpdate end = end(waits.start(Goal.DELETED));

    assertThat(end.outcome()).isEqualTo(Outcome.REACHED);
    assertThat(end.line()).isEqualTo("raycluster demo in namespace team is deleted");
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "SUCCEEDED", "TERMINATING", "READY"})
  void a_deletion_is_waited_for_in_whatever_state_it_is(State state) throws Exception {
    waits.cached.put(Rows.in(state, DEMO));
    CompletableFuture<WaitUpdate> wait = waits.begun(Goal.DELETED);

    waits.cached.writer.remove(DEMO.key(), DEMO.uid(), Rows.NOON);

    assertThat(end(wait).outcome()).isEqualTo(Outcome.REACHED);
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "SUCCEEDED", "STOPPED"})
  void what_has_ended_can_not_become_ready(State state) throws Exception {
    waits.cached.put(DEMO);
    CompletableFuture<WaitUpdate> wait = waits.begun(Goal.READY);

    waits.cached.put(Rows.because("the head pod is out of memory", Rows.in(state, DEMO)));

    WaitUpdate end = end(wait);
    assertThat(end.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(end.line()).isEqualTo(state + ": the head pod is out of memory");
  }

  @ParameterizedTest
  @CsvSource({
    "failed,      FAILED,     REACHED",
    "failed,      SUCCEEDED,  FAILED",
    "stopped,     STOPPED,    REACHED",
    "stopped,     FAILED,     FAILED",
    "queued,      STARTING,   REACHED",
    "starting,    RUNNING,    REACHED",
    "running,     READY,      REACHED",
    "running,     SUCCEEDED,  REACHED",
    "running,     FAILED,     FAILED",
    "succeeded,   SUCCEEDED,  REACHED",
    "succeeded,   STOPPED,    FAILED",
    "suspending,  SUSPENDED,  REACHED",
    "suspended,   SUSPENDED,  REACHED",
    "terminating, TERMINATING, REACHED",
    "unknown,     UNKNOWN,    REACHED",
    "running,     STARTING,   PENDING",
    "succeeded,   RUNNING,    PENDING",
    "suspended,   SUSPENDING, PENDING",
    "suspended,   READY,      PENDING",
    "failed,      TERMINATING, PENDING",
    "ready,       TERMINATING, PENDING",
    "ready,       RUNNING,    PENDING",
  })
  void a_state_is_reached_passed_out_of_reach_or_yet_to_come(
      String goal, State state, Outcome outcome) throws Exception {
    waits.cached.put(Rows.in(state, DEMO));

    CompletableFuture<WaitUpdate> wait = waits.start(Goal.parse(goal));

    if (outcome == Outcome.PENDING) {
      await().until(() -> !waits.progress.isEmpty());
      waits.cancellation.cancel();
      assertThat(end(wait).outcome()).isEqualTo(Outcome.CANCELLED);
    } else {
      assertThat(end(wait).outcome()).isEqualTo(outcome);
    }
  }

  @Test
  void a_state_that_was_passed_within_one_transaction_counts() throws Exception {
    waits.cached.put(DEMO);
    CompletableFuture<WaitUpdate> wait = waits.begun(Goal.of(State.RUNNING));
    CountDownLatch go = new CountDownLatch(1);
    waits.cached.writer.recompute(
        Rows.key("nothing"),
        (before, pods) -> {
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return null;
        });

    waits.cached.writer.put(Rows.in(State.RUNNING, DEMO));
    waits.cached.writer.put(Rows.in(State.FAILED, DEMO));
    go.countDown();

    WaitUpdate end = end(wait);
    assertThat(end.outcome()).isEqualTo(Outcome.REACHED);
    assertThat(end.row().state()).isEqualTo(State.RUNNING);
  }

  @Test
  void a_deletion_is_the_end_of_terminating() throws Exception {
    waits.cached.put(DEMO);
    CompletableFuture<WaitUpdate> wait = waits.begun(Goal.of(State.TERMINATING));

    waits.cached.writer.remove(DEMO.key(), DEMO.uid(), Rows.NOON);

    assertThat(end(wait).outcome()).isEqualTo(Outcome.REACHED);
  }

  @Test
  void what_has_no_namespace_is_named_without_one() throws Exception {
    Key key = new Key(Rows.IDENTITY, "clusterqueue", "", "main");

    WaitUpdate end =
        end(waits.start(new WaitRequest(key, Goal.READY, null, Duration.ZERO, "", Duration.ZERO)));

    assertThat(end.line()).isEqualTo("there is no clusterqueue main");
  }
}
