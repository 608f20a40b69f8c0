package dev.muster.daemon.core;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.daemon.core.WaitUpdate.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WaitsTest {
  private static final Row DEMO = Rows.row("demo");

  @TempDir Path directory;
  private final ManualTicker ticker = new ManualTicker();
  private final ManualLiveness liveness = new ManualLiveness();
  private final Cancellation cancellation = new Cancellation();
  private final List<WaitUpdate> progress = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private Fixture fixture;

  @BeforeEach
  void setUp() {
    fixture = new Fixture(directory);
  }

  @AfterEach
  void everything_is_given_back() {
    cancellation.cancel();
    threads.close();
    assertThat(fixture.feed.subscribers()).isZero();
    assertThat(liveness.listeners()).isZero();
    assertThat(ticker.waiting()).isZero();
    fixture.close();
  }

  @Test
  void what_is_ready_ends_the_wait_at_once_without_progress() throws Exception {
    Row ready = Rows.in(State.READY, DEMO);
    fixture.put(ready);

    WaitUpdate end = end(start(Goal.READY));

    assertThat(end.outcome()).isEqualTo(Outcome.REACHED);
    assertThat(end.row()).isEqualTo(ready);
    assertThat(end.line()).isEqualTo("READY: one pod is not ready");
    assertThat(end.elapsed()).isZero();
    assertThat(progress).isEmpty();
  }

  @Test
  void what_becomes_ready_ends_the_wait_and_each_new_line_is_told_once() throws Exception {
    fixture.put(DEMO);
    CompletableFuture<WaitUpdate> wait = begun(Goal.READY);

    fixture.put(Rows.at("101", DEMO));
    fixture.put(Rows.because("", Rows.at("102", DEMO)));
    await().until(() -> progress.size() == 2);
    ticker.pass(Duration.ofSeconds(3));
    fixture.put(Rows.in(State.READY, Rows.at("103", DEMO)));

    WaitUpdate end = end(wait);
    assertThat(end.outcome()).isEqualTo(Outcome.REACHED);
    assertThat(end.elapsed()).isEqualTo(Duration.ofSeconds(3));
    assertThat(progress)
        .extracting(WaitUpdate::line)
        .containsExactly("STARTING: one pod is not ready", "STARTING");
    assertThat(progress).extracting(WaitUpdate::outcome).containsOnly(Outcome.PENDING);
  }

  @Test
  void what_is_absent_is_gone() throws Exception {
    WaitUpdate end = end(start(Goal.READY));

    assertThat(end.outcome()).isEqualTo(Outcome.GONE);
    assertThat(end.line()).isEqualTo("there is no raycluster demo in namespace team");
    assertThat(end.row()).isNull();
  }

  @Test
  void what_may_be_absent_for_a_while_is_waited_for() throws Exception {
    CompletableFuture<WaitUpdate> wait =
        begun(request(Goal.READY, null, Duration.ofSeconds(10), ""));
    assertThat(progress.getFirst().line())
        .isEqualTo("waiting for raycluster demo in namespace team to appear");

    ticker.pass(Duration.ofSeconds(9));
    fixture.put(DEMO);
    await().until(() -> progress.size() == 2);
    ticker.pass(Duration.ofSeconds(9));
    fixture.put(Rows.in(State.READY, DEMO));

    assertThat(end(wait).outcome()).isEqualTo(Outcome.REACHED);
  }

  @Test
  void what_does_not_appear_in_time_is_gone() throws Exception {
    CompletableFuture<WaitUpdate> wait =
        begun(request(Goal.READY, Duration.ofSeconds(60), Duration.ofSeconds(10), ""));

    ticker.pass(Duration.ofSeconds(10));

    assertThat(end(wait).outcome()).isEqualTo(Outcome.GONE);
  }

  @Test
  void the_time_out_counts_while_it_is_absent_too() throws Exception {
    CompletableFuture<WaitUpdate> wait =
        begun(request(Goal.READY, Duration.ofSeconds(5), Duration.ofSeconds(10), ""));

    ticker.pass(Duration.ofSeconds(5));

    WaitUpdate end = end(wait);
    assertThat(end.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(end.line())
        .isEqualTo("not ready after 5s: waiting for raycluster demo in namespace team to appear");
  }

  @Test
  void without_a_time_out_it_waits_for_ever() throws Exception {
    fixture.put(DEMO);
    CompletableFuture<WaitUpdate> wait = begun(Goal.READY);

    ticker.pass(Duration.ofDays(400));

    assertThat(wait).isNotDone();
    assertThat(ticker.waiting()).isZero();
  }

  @Test
  void a_time_out_of_nothing_looks_once() throws Exception {
    fixture.put(DEMO);

    WaitUpdate end = end(start(request(Goal.READY, Duration.ZERO, Duration.ZERO, "")));

    assertThat(end.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(end.line()).isEqualTo("not ready after 0s: STARTING: one pod is not ready");
  }

  @Test
  void what_is_absent_is_deleted() throws Exception {
    WaitUpdate end = end(start(Goal.DELETED));

    assertThat(end.outcome()).isEqualTo(Outcome.REACHED);
    assertThat(end.line()).isEqualTo("raycluster demo in namespace team is deleted");
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "SUCCEEDED", "TERMINATING", "READY"})
  void a_deletion_is_waited_for_in_whatever_state_it_is(State state) throws Exception {
    fixture.put(Rows.in(state, DEMO));
    CompletableFuture<WaitUpdate> wait = begun(Goal.DELETED);

    fixture.writer.remove(DEMO.key(), DEMO.uid(), Rows.NOON);

    assertThat(end(wait).outcome()).isEqualTo(Outcome.REACHED);
  }

  @Test
  void what_was_made_anew_is_deleted() throws Exception {
    fixture.put(DEMO);
    CompletableFuture<WaitUpdate> wait = begun(Goal.DELETED);

    fixture.put(Rows.of("uid-2", DEMO));

    assertThat(end(wait).outcome()).isEqualTo(Outcome.REACHED);
  }

  @Test
  void another_incarnation_than_the_one_deleted_is_no_reason_to_wait() throws Exception {
    fixture.put(Rows.of("uid-2", DEMO));

    assertThat(end(start(request(Goal.DELETED, null, Duration.ZERO, "uid-1"))).outcome())
        .isEqualTo(Outcome.REACHED);
  }

  @Test
  void what_goes_away_while_it_is_waited_for_is_gone() throws Exception {
    fixture.put(DEMO);
    CompletableFuture<WaitUpdate> wait =
        begun(request(Goal.READY, null, Duration.ofSeconds(10), ""));

    fixture.writer.remove(DEMO.key(), DEMO.uid(), Rows.NOON);

    WaitUpdate end = end(wait);
    assertThat(end.outcome()).isEqualTo(Outcome.GONE);
    assertThat(end.line()).isEqualTo("raycluster demo in namespace team was deleted");
    assertThat(end.row()).isEqualTo(DEMO);
  }

  @Test
  void what_is_made_anew_while_it_is_waited_for_is_replaced() throws Exception {
    fixture.put(DEMO);
    CompletableFuture<WaitUpdate> wait = begun(Goal.READY);

    fixture.put(Rows.of("uid-2", Rows.in(State.READY, DEMO)));

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
    liveness.meanwhile(
        () -> {
          fixture.writer.put(DEMO);
          fixture.writer.remove(DEMO.key(), DEMO.uid(), Rows.NOON);
          fixture.put(Rows.at("102", Rows.of("uid-2", DEMO)));
        });
    CompletableFuture<WaitUpdate> wait = begun(new Goal(type, null));

    fixture.put(Rows.at("103", Rows.of("uid-2", Rows.in(last, DEMO))));
    if (type == Goal.Type.DELETED) {
      fixture.writer.remove(DEMO.key(), "uid-2", Rows.NOON);
    }

    WaitUpdate end = end(wait);
    assertThat(end.outcome()).isEqualTo(Outcome.REACHED);
    assertThat(end.row().state()).isEqualTo(last);
  }

  @Test
  void what_was_just_written_may_take_a_moment_to_arrive() throws Exception {
    fixture.put(Rows.of("uid-before", DEMO));
    CompletableFuture<WaitUpdate> wait =
        begun(request(Goal.READY, null, Duration.ZERO, "uid-demo"));

    fixture.writer.remove(DEMO.key(), "uid-before", Rows.NOON);
    fixture.put(DEMO);
    await().until(() -> progress.getLast().line().startsWith("STARTING"));
    fixture.put(Rows.in(State.READY, DEMO));

    assertThat(end(wait).outcome()).isEqualTo(Outcome.REACHED);
  }

  @Test
  void what_was_written_and_does_not_arrive_is_gone() throws Exception {
    CompletableFuture<WaitUpdate> wait =
        begun(request(Goal.READY, null, Duration.ofSeconds(1), "uid-demo"));

    ticker.pass(Duration.ofSeconds(1));
    assertThat(wait).isNotDone();
    ticker.pass(Wait.ARRIVAL);

    assertThat(end(wait).outcome()).isEqualTo(Outcome.GONE);
  }

  @Test
  void what_stays_another_than_what_was_written_is_replaced() throws Exception {
    fixture.put(Rows.of("uid-2", DEMO));
    CompletableFuture<WaitUpdate> wait =
        begun(request(Goal.READY, null, Duration.ZERO, "uid-demo"));

    ticker.pass(Wait.ARRIVAL);

    assertThat(end(wait).outcome()).isEqualTo(Outcome.REPLACED);
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "SUCCEEDED", "STOPPED"})
  void what_has_ended_can_not_become_ready(State state) throws Exception {
    fixture.put(DEMO);
    CompletableFuture<WaitUpdate> wait = begun(Goal.READY);

    fixture.put(Rows.because("the head pod is out of memory", Rows.in(state, DEMO)));

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
    fixture.put(Rows.in(state, DEMO));

    CompletableFuture<WaitUpdate> wait = start(Goal.parse(goal));

    if (outcome == Outcome.PENDING) {
      await().until(() -> !progress.isEmpty());
      cancellation.cancel();
      assertThat(end(wait).outcome()).isEqualTo(Outcome.CANCELLED);
    } else {
      assertThat(end(wait).outcome()).isEqualTo(outcome);
    }
  }

  @Test
  void a_state_that_was_passed_within_one_transaction_counts() throws Exception {
    fixture.put(DEMO);
    CompletableFuture<WaitUpdate> wait = begun(Goal.of(State.RUNNING));
    CountDownLatch go = new CountDownLatch(1);
    fixture.writer.recompute(
        Rows.key("nothing"),
        (before, pods) -> {
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return null;
        });

    fixture.writer.put(Rows.in(State.RUNNING, DEMO));
    fixture.writer.put(Rows.in(State.FAILED, DEMO));
    go.countDown();

    WaitUpdate end = end(wait);
    assertThat(end.outcome()).isEqualTo(Outcome.REACHED);
    assertThat(end.row().state()).isEqualTo(State.RUNNING);
  }

  @Test
  void a_deletion_is_the_end_of_terminating() throws Exception {
    fixture.put(DEMO);
    CompletableFuture<WaitUpdate> wait = begun(Goal.of(State.TERMINATING));

    fixture.writer.remove(DEMO.key(), DEMO.uid(), Rows.NOON);

    assertThat(end(wait).outcome()).isEqualTo(Outcome.REACHED);
  }

  @Test
  void nothing_is_concluded_from_rows_that_may_be_old() throws Exception {
    fixture.put(Rows.in(State.READY, DEMO));
    liveness.down("the API server cannot be reached");
    CompletableFuture<WaitUpdate> wait = begun(Goal.READY);

    assertThat(progress.getFirst().line())
        .isEqualTo(
            "READY: one pod is not ready (not known to be so now: the API server cannot be"
                + " reached)");
    assertThat(progress.getFirst().observation().live()).isFalse();
    assertThat(wait).isNotDone();
    liveness.up();

    assertThat(end(wait).outcome()).isEqualTo(Outcome.REACHED);
  }

  @Test
  void what_is_absent_from_rows_that_may_be_old_is_waited_for() throws Exception {
    liveness.down("login has expired");
    CompletableFuture<WaitUpdate> wait = begun(Goal.DELETED);
    assertThat(progress.getFirst().line())
        .isEqualTo("raycluster demo in namespace team (not known to be so now: login has expired)");

    liveness.up();

    assertThat(end(wait).outcome()).isEqualTo(Outcome.REACHED);
  }

  @Test
  void an_old_row_that_turns_out_to_be_gone_is_gone_when_that_is_known() throws Exception {
    fixture.put(DEMO);
    liveness.down("connecting");
    CompletableFuture<WaitUpdate> wait = begun(Goal.READY);

    fixture.writer.sweep(Rows.IDENTITY, Rows.KIND, "", Rows.NOON.plusSeconds(1));
    fixture.settle();
    await().until(() -> progress.size() == 2);
    liveness.up();

    WaitUpdate end = end(wait);
    assertThat(end.outcome()).isEqualTo(Outcome.GONE);
    assertThat(end.line()).isEqualTo("there is no raycluster demo in namespace team");
  }

  @Test
  void a_lost_connection_is_told_and_does_not_end_the_wait() throws Exception {
    fixture.put(DEMO);
    CompletableFuture<WaitUpdate> wait = begun(Goal.READY);

    liveness.down("the API server cannot be reached");
    await().until(() -> progress.size() == 2);
    liveness.up();
    await().until(() -> progress.size() == 3);

    assertThat(progress.get(1).line()).contains("the API server cannot be reached");
    assertThat(progress.get(2).line()).isEqualTo(progress.get(0).line());
    assertThat(wait).isNotDone();
  }

  @Test
  void what_was_deleted_while_the_connection_was_lost_is_gone() throws Exception {
    fixture.put(DEMO);
    CompletableFuture<WaitUpdate> wait = begun(Goal.READY);
    liveness.down("lost");
    await().until(() -> progress.size() == 2);

    fixture.cache.clear();
    liveness.up();

    WaitUpdate end = end(wait);
    assertThat(end.outcome()).isEqualTo(Outcome.GONE);
    assertThat(end.line()).endsWith("was deleted");
  }

  @Test
  void what_ended_terminating_while_the_connection_was_lost_is_reached() throws Exception {
    fixture.put(DEMO);
    CompletableFuture<WaitUpdate> wait = begun(Goal.of(State.TERMINATING));
    liveness.down("lost");
    await().until(() -> progress.size() == 2);

    fixture.cache.clear();
    liveness.up();

    assertThat(end(wait).outcome()).isEqualTo(Outcome.REACHED);
  }

  @Test
  void the_deletion_of_an_earlier_incarnation_ends_nothing() throws Exception {
    fixture.put(DEMO);
    CompletableFuture<WaitUpdate> wait = begun(Goal.READY);

    fixture.feed.publish(
        List.of(
            new ChangeFeed.Draft(Change.Type.DELETED, State.STARTING, Rows.of("uid-before", DEMO))),
        Rows.NOON);
    fixture.put(Rows.in(State.READY, DEMO));

    assertThat(end(wait).outcome()).isEqualTo(Outcome.REACHED);
  }

  @Test
  void a_wait_that_was_too_slow_reads_again() throws Exception {
    fixture.put(DEMO);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<WaitUpdate> wait =
        start(
            request(Goal.READY, null, Duration.ZERO, ""),
            update -> {
              progress.add(update);
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    await().until(() -> !progress.isEmpty());

    for (int i = 0; i < ChangeFeed.BUFFER; i++) {
      fixture.writer.put(Rows.because("event " + i, DEMO));
    }
    fixture.put(Rows.in(State.READY, DEMO));
    go.countDown();

    assertThat(end(wait).outcome()).isEqualTo(Outcome.REACHED);
  }

  @Test
  void a_cancelled_wait_ends_and_gives_everything_back() throws Exception {
    fixture.put(DEMO);
    CompletableFuture<WaitUpdate> wait =
        begun(request(Goal.READY, Duration.ofSeconds(60), Duration.ofSeconds(10), ""));
    assertThat(fixture.feed.subscribers()).isEqualTo(1);

    cancellation.cancel();

    assertThat(end(wait).outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(fixture.feed.subscribers()).isZero();
  }

  @Test
  void a_cancellation_before_it_began_counts() throws Exception {
    fixture.put(DEMO);
    cancellation.cancel();

    assertThat(end(start(Goal.READY)).outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void an_interrupted_wait_is_cancelled() throws Exception {
    fixture.put(DEMO);
    CompletableFuture<WaitUpdate> ended = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> ended.complete(run(request(Goal.READY, null, null, ""), progress::add)));
    await().until(() -> !progress.isEmpty());

    thread.interrupt();

    assertThat(end(ended).outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void a_client_that_can_not_be_told_ends_the_wait() {
    fixture.put(DEMO);

    assertThatThrownBy(
            () ->
                run(
                    request(Goal.READY, null, Duration.ZERO, ""),
                    update -> {
                      throw new IllegalStateException("the client is gone");
                    }))
        .hasMessage("the client is gone");
    assertThat(fixture.feed.subscribers()).isZero();
  }

  @Test
  void what_has_no_namespace_is_named_without_one() throws Exception {
    Key key = new Key(Rows.IDENTITY, "clusterqueue", "", "main");

    WaitUpdate end = end(start(new WaitRequest(key, Goal.READY, null, Duration.ZERO, "")));

    assertThat(end.line()).isEqualTo("there is no clusterqueue main");
  }

  @Test
  void five_hundred_waits_share_one_feed() throws Exception {
    fixture.put(DEMO);
    List<CompletableFuture<WaitUpdate>> waits = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      waits.add(start(request(Goal.READY, Duration.ofSeconds(60), Duration.ZERO, "")));
    }
    await().until(() -> progress.size() == 500);
    assertThat(fixture.feed.subscribers()).isEqualTo(500);

    fixture.put(Rows.in(State.READY, DEMO));

    for (CompletableFuture<WaitUpdate> wait : waits) {
      assertThat(end(wait).outcome()).isEqualTo(Outcome.REACHED);
    }
    assertThat(fixture.feed.subscribers()).isZero();
  }

  @Test
  void a_change_between_subscribing_and_reading_is_not_missed() throws Exception {
    fixture.put(DEMO);
    // Changes after the row was read, and before anybody could have polled.
    CacheReader late = new LateReader(fixture);
    Waits waits = new Waits(late, fixture.feed, ticker);

    WaitUpdate end =
        end(
            CompletableFuture.supplyAsync(
                () ->
                    waits.await(
                        request(Goal.READY, null, Duration.ZERO, ""),
                        liveness,
                        progress::add,
                        cancellation),
                threads));

    assertThat(end.outcome()).isEqualTo(Outcome.REACHED);
  }

  /** Reads, and lets the row become ready before it answers. */
  private record LateReader(Fixture fixture) implements CacheReader {
    @Override
    public Optional<Row> get(Key key) {
      Optional<Row> row = fixture.cache.get(key);
      fixture.put(Rows.in(State.READY, DEMO));
      return row;
    }

    @Override
    public void scan(
        String identity, String kind, String namespace, boolean whole, Consumer<Row> each) {
      fixture.cache.scan(identity, kind, namespace, whole, each);
    }

    @Override
    public Optional<Instant> seen(String identity, String kind, String namespace) {
      return fixture.cache.seen(identity, kind, namespace);
    }

    @Override
    public long rows() {
      return fixture.cache.rows();
    }

    @Override
    public List<Count> counts() {
      return fixture.cache.counts();
    }

    @Override
    public long bytes() {
      return fixture.cache.bytes();
    }
  }

  private static WaitRequest request(
      Goal goal, Duration timeout, Duration existsWithin, String uid) {
    return new WaitRequest(DEMO.key(), goal, timeout, existsWithin, uid);
  }

  private CompletableFuture<WaitUpdate> start(Goal goal) {
    return start(request(goal, null, Duration.ZERO, ""));
  }

  private CompletableFuture<WaitUpdate> start(WaitRequest request) {
    return start(request, progress::add);
  }

  private CompletableFuture<WaitUpdate> start(WaitRequest request, Consumer<WaitUpdate> listener) {
    return CompletableFuture.supplyAsync(() -> run(request, listener), threads);
  }

  private WaitUpdate run(WaitRequest request, Consumer<WaitUpdate> listener) {
    return new Waits(fixture.cache, fixture.feed, ticker)
        .await(request, liveness, listener, cancellation);
  }

  /** Started, and it has said how things are. */
  private CompletableFuture<WaitUpdate> begun(Goal goal) {
    return begun(request(goal, null, Duration.ZERO, ""));
  }

  private CompletableFuture<WaitUpdate> begun(WaitRequest request) {
    CompletableFuture<WaitUpdate> wait = start(request);
    await().until(() -> !progress.isEmpty());
    return wait;
  }

  private static WaitUpdate end(CompletableFuture<WaitUpdate> wait) throws Exception {
    return wait.get(60, SECONDS);
  }
}
