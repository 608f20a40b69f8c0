package dev.muster.daemon.core;

import static dev.muster.daemon.core.WaitFixture.DEMO;
import static dev.muster.daemon.core.WaitFixture.end;
import static dev.muster.daemon.core.WaitFixture.request;
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
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a wait lives through: a lost connection, a slow or vanished client, a cancellation. */
class WaitsUnderwayTest {
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
  void nothing_is_concluded_from_rows_that_may_be_old() throws Exception {
    waits.cached.put(Rows.in(State.READY, DEMO));
    waits.liveness.down("the API server cannot be reached");
    CompletableFuture<WaitUpdate> wait = waits.begun(Goal.READY);

    assertThat(waits.progress.getFirst().line())
        .isEqualTo(
            "READY: one pod is not ready (not known to be so now: the API server cannot be"
                + " reached)");
    assertThat(waits.progress.getFirst().observation().live()).isFalse();
    assertThat(wait).isNotDone();
    waits.liveness.up();

    assertThat(end(wait).outcome()).isEqualTo(Outcome.REACHED);
  }

  @Test
  void what_is_absent_from_rows_that_may_be_old_is_waited_for() throws Exception {
    waits.liveness.down("login has expired");
    CompletableFuture<WaitUpdate> wait = waits.begun(Goal.DELETED);
    assertThat(waits.progress.getFirst().line())
        .isEqualTo("raycluster demo in namespace team (not known to be so now: login has expired)");

    waits.liveness.up();

    assertThat(end(wait).outcome()).isEqualTo(Outcome.REACHED);
  }

  @Test
  void an_old_row_that_turns_out_to_be_gone_is_gone_when_that_is_known() throws Exception {
    waits.cached.put(DEMO);
    waits.liveness.down("connecting");
    CompletableFuture<WaitUpdate> wait = waits.begun(Goal.READY);

    waits.cached.writer.sweep(Rows.IDENTITY, Rows.KIND, "", Rows.NOON.plusSeconds(1));
    waits.cached.settle();
    await().until(() -> waits.progress.size() == 2);
    waits.liveness.up();

    WaitUpdate end = end(wait);
    assertThat(end.outcome()).isEqualTo(Outcome.GONE);
    assertThat(end.line()).isEqualTo("there is no raycluster demo in namespace team");
  }

  @Test
  void a_lost_connection_is_told_and_does_not_end_the_wait() throws Exception {
    waits.cached.put(DEMO);
    CompletableFuture<WaitUpdate> wait = waits.begun(Goal.READY);

    waits.liveness.down("the API server cannot be reached");
    await().until(() -> waits.progress.size() == 2);
    waits.liveness.up();
    await().until(() -> waits.progress.size() == 3);

    assertThat(waits.progress.get(1).line()).contains("the API server cannot be reached");
    assertThat(waits.progress.get(2).line()).isEqualTo(waits.progress.get(0).line());
    assertThat(wait).isNotDone();
  }

  @Test
  void what_was_deleted_while_the_connection_was_lost_is_gone() throws Exception {
    waits.cached.put(DEMO);
    CompletableFuture<WaitUpdate> wait = waits.begun(Goal.READY);
    waits.liveness.down("lost");
    await().until(() -> waits.progress.size() == 2);

    waits.cached.cache.clear();
    waits.liveness.up();

    WaitUpdate end = end(wait);
    assertThat(end.outcome()).isEqualTo(Outcome.GONE);
    assertThat(end.line()).endsWith("was deleted");
  }

  @Test
  void what_ended_terminating_while_the_connection_was_lost_is_reached() throws Exception {
    waits.cached.put(DEMO);
    CompletableFuture<WaitUpdate> wait = waits.begun(Goal.of(State.TERMINATING));
    waits.liveness.down("lost");
    await().until(() -> waits.progress.size() == 2);

    waits.cached.cache.clear();
    waits.liveness.up();

    assertThat(end(wait).outcome()).isEqualTo(Outcome.REACHED);
  }

  @Test
  void a_wait_that_was_too_slow_reads_again() throws Exception {
    waits.cached.put(DEMO);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<WaitUpdate> wait =
        waits.start(
            request(Goal.READY, null, Duration.ZERO, ""),
            update -> {
              waits.progress.add(update);
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    await().until(() -> !waits.progress.isEmpty());

    for (int i = 0; i < ChangeFeed.BUFFER; i++) {
      waits.cached.writer.put(Rows.because("event " + i, DEMO));
    }
    waits.cached.put(Rows.in(State.READY, DEMO));
    go.countDown();

    assertThat(end(wait).outcome()).isEqualTo(Outcome.REACHED);
  }

  @Test
  void a_cancelled_wait_ends_and_gives_everything_back() throws Exception {
    waits.cached.put(DEMO);
    CompletableFuture<WaitUpdate> wait =
        waits.begun(request(Goal.READY, Duration.ofSeconds(60), Duration.ofSeconds(10), ""));
    assertThat(waits.cached.feed.subscribers()).isEqualTo(1);

    waits.cancellation.cancel();

    assertThat(end(wait).outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(waits.cached.feed.subscribers()).isZero();
  }

  @Test
  void a_cancellation_before_it_began_counts() throws Exception {
    waits.cached.put(DEMO);
    waits.cancellation.cancel();

    assertThat(end(waits.start(Goal.READY)).outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void an_interrupted_wait_is_cancelled() throws Exception {
    waits.cached.put(DEMO);
    CompletableFuture<WaitUpdate> ended = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () ->
                    ended.complete(
                        waits.run(request(Goal.READY, null, null, ""), waits.progress::add)));
    await().until(() -> !waits.progress.isEmpty());

    thread.interrupt();

    assertThat(end(ended).outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void a_client_that_can_not_be_told_ends_the_wait() {
    waits.cached.put(DEMO);

    assertThatThrownBy(
            () ->
                waits.run(
                    request(Goal.READY, null, Duration.ZERO, ""),
                    update -> {
                      throw new IllegalStateException("the client is gone");
                    }))
        .hasMessage("the client is gone");
    assertThat(waits.cached.feed.subscribers()).isZero();
  }

  @Test
  void five_hundred_waits_share_one_feed() throws Exception {
    waits.cached.put(DEMO);
    List<CompletableFuture<WaitUpdate>> started = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      started.add(waits.start(request(Goal.READY, Duration.ofSeconds(60), Duration.ZERO, "")));
    }
    await().until(() -> waits.progress.size() == 500);
    assertThat(waits.cached.feed.subscribers()).isEqualTo(500);

    waits.cached.put(Rows.in(State.READY, DEMO));

    for (CompletableFuture<WaitUpdate> wait : started) {
      assertThat(end(wait).outcome()).isEqualTo(Outcome.REACHED);
    }
    assertThat(waits.cached.feed.subscribers()).isZero();
  }

  @Test
  void a_change_between_subscribing_and_reading_is_not_missed() throws Exception {
    waits.cached.put(DEMO);
    // Changes after the row was read, and before anybody could have polled.
    CacheReader late = new LateReader(waits.cached);

    WaitUpdate end =
        end(
            CompletableFuture.supplyAsync(
                () ->
                    waits.run(
                        late, request(Goal.READY, null, Duration.ZERO, ""), waits.progress::add),
                waits.threads));

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
}
