package dev.muster.daemon.core;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queue before the tables, and the one thread that empties it. */
class QueuedWriterTest {
  @TempDir Path directory;
  private Fixture fixture;
  private QueuedWriter writer;
  private Told told;

  @BeforeEach
  void setUp() {
    fixture = new Fixture(directory);
    writer = fixture.writer;
    told = new Told(fixture.feed);
  }

  @AfterEach
  void tearDown() {
    fixture.close();
  }

  @Test
  void a_state_is_computed_from_what_was_queued_before_it() {
    Key pod = new Key(Rows.IDENTITY, "pod", "team", "demo-head");
    Row row = Rows.row("demo");
    CountDownLatch go = hold();
    writer.put(row);
    writer.put(Rows.because("the image cannot be pulled", Rows.under(pod, "raycluster/demo", row)));
    writer.put(Rows.under(new Key(Rows.IDENTITY, "pod", "other", "x"), "raycluster/demo", row));
    writer.put(Rows.under(new Key(Rows.IDENTITY, "pod", "team", "y"), "raycluster/other", row));
    writer.recompute(
        row.key(),
        (before, pods) -> {
          assertThat(before).isEqualTo(row);
          assertThat(pods).extracting(Row::key).containsExactly(pod);
          assertThat(pods.getFirst().object()).isEqualTo(row.object());
          return Rows.because(pods.getFirst().reason(), before);
        });
    go.countDown();
    fixture.settle();

    assertThat(fixture.get("demo").reason()).isEqualTo("the image cannot be pulled");
    assertThat(told.now().getLast().type()).isEqualTo(Change.Type.CHANGED);
  }

  @Test
  void what_is_not_there_can_be_computed_too_or_left() {
    writer.recompute(Rows.key("left"), (before, pods) -> before);
    writer.recompute(Rows.key("made"), (before, pods) -> before == null ? Rows.row("made") : null);
    fixture.settle();

    assertThat(fixture.names()).containsExactly("made");
  }

  @Test
  void a_projector_that_fails_does_not_stop_the_writer() {
    fixture.put(Rows.row("demo"));
    CountDownLatch go = hold();
    writer.put(Rows.row("before"));
    writer.recompute(
        Rows.key("demo"),
        (before, pods) -> {
          throw new IllegalStateException("no such field");
        });
    writer.recompute(
        Rows.key("demo"),
        (before, pods) -> {
          throw new StackOverflowError();
        });
    writer.put(Rows.row("after"));
    go.countDown();
    fixture.settle();

    assertThat(fixture.names()).containsExactly("after", "before", "demo");
  }

  @Test
  void a_row_that_the_database_refuses_is_left_out_alone() {
    CountDownLatch go = hold();
    writer.put(Rows.row("before"));
    writer.put(Rows.because(null, Rows.row("bad")));
    writer.put(Rows.row("after"));
    go.countDown();
    fixture.settle();

    assertThat(fixture.names()).containsExactly("after", "before");
    assertThat(told.now())
        .extracting(change -> change.row().key().name())
        .containsExactly("before", "after");
    assertThat(fixture.cache.degraded()).isEmpty();
  }

  @Test
  void an_object_of_the_greatest_size_that_a_server_takes_is_kept() {
    Row row = Rows.holding("x".repeat(2_000_000), Rows.row("demo"));

    fixture.put(row);

    assertThat(fixture.get("demo")).isEqualTo(row);
  }

  @Test
  void an_error_of_the_machine_does_not_stop_the_writer() {
    writer.recompute(
        Rows.key("demo"),
        (before, pods) -> {
          throw new InternalError("a part of the class path is gone");
        });
    fixture.put(Rows.row("after"));

    assertThat(fixture.names()).containsExactly("after");
  }

  @Test
  void what_is_awaited_is_visible_and_published() {
    for (int i = 0; i < 100; i++) {
      String name = "row-" + i;
      writer.await(writer.put(Rows.row(name)));

      assertThat(fixture.cache.get(Rows.key(name))).isPresent();
      assertThat(told.now()).hasSize(1);
    }
    assertThat(writer.lastEnqueued()).isEqualTo(100);
    writer.await(Long.MAX_VALUE);
  }

  @Test
  void the_writer_may_enqueue_but_not_wait_for_itself() {
    List<Throwable> thrown = new ArrayList<>();
    writer.recompute(
        Rows.key("demo"),
        (before, pods) -> {
          long sequence = writer.put(Rows.row("by-projector"));
          try {
            writer.await(sequence);
          } catch (IllegalStateException e) {
            thrown.add(e);
          }
          return null;
        });
    fixture.settle();
    fixture.settle();

    assertThat(thrown).hasSize(1);
    assertThat(fixture.names()).containsExactly("by-projector");
  }

  @Test
  void a_full_queue_makes_who_enqueues_wait() throws Exception {
    try (QueuedWriter small =
        new QueuedWriter(
            fixture.cache,
            fixture.feed,
            Fixture.CLOCK,
            new WriteQueue(2, 1_000_000),
            Duration.ofSeconds(30))) {
      assertWaitsForRoom(small, "");
    }
  }

  @Test
  void a_queue_of_heavy_rows_is_full_sooner() throws Exception {
    try (QueuedWriter small =
        new QueuedWriter(
            fixture.cache,
            fixture.feed,
            Fixture.CLOCK,
            new WriteQueue(1_000, 2_000),
            Duration.ofSeconds(30))) {
      assertWaitsForRoom(small, "x".repeat(1_000));
    }
  }

  @Test
  void an_interrupted_wait_ends_and_stays_interrupted() {
    CountDownLatch go = hold();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> writer.await(writer.lastEnqueued()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("interrupted");

    assertThat(Thread.interrupted()).isTrue();
    go.countDown();
  }

  @Test
  void closing_writes_what_is_queued_and_takes_nothing_more() {
    CountDownLatch go = hold();
    writer.put(Rows.row("queued"));
    go.countDown();

    writer.close();

    long last = writer.lastEnqueued();
    assertThat(writer.put(Rows.row("late"))).isEqualTo(last);
    writer.await(last);
    assertThat(fixture.names()).containsExactly("queued");
  }

  @Test
  void closing_does_not_wait_for_ever() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(1);
    QueuedWriter stuck =
        new QueuedWriter(
            fixture.cache,
            fixture.feed,
            Fixture.CLOCK,
            new WriteQueue(10, 1_000),
            Duration.ofMillis(1));
    stuck.recompute(Rows.key("demo"), blocking(running, go));
    assertThat(running.await(30, SECONDS)).isTrue();
    long sequence = stuck.put(Rows.row("never"));
    CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> stuck.await(sequence));

    stuck.close();

    assertThatThrownBy(() -> waiting.get(30, SECONDS)).hasMessageContaining("stopping");
    go.countDown();
  }

  /** Lets things pile up in the queue, so that they are written in one batch. */
  private CountDownLatch hold() {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(1);
    writer.recompute(Rows.key("nothing"), blocking(running, go));
    try {
      assertThat(running.await(30, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return go;
  }

  private static BiFunction<Row, List<Row>, Row> blocking(
      CountDownLatch running, CountDownLatch go) {
    return (before, pods) -> {
      running.countDown();
      try {
        go.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return null;
    };
  }

  private static void assertWaitsForRoom(QueuedWriter small, String object) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(1);
    small.recompute(Rows.key("nothing"), blocking(running, go));
    assertThat(running.await(30, SECONDS)).isTrue();
    small.put(Rows.holding(object, Rows.row("one")));
    small.put(Rows.holding(object, Rows.row("two")));
    CompletableFuture<Long> third = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .start(() -> third.complete(small.put(Rows.holding(object, Rows.row("three")))));

    await().until(() -> thread.getState() == Thread.State.WAITING);
    assertThat(third).isNotDone();
    go.countDown();

    assertThat(third.get(30, SECONDS)).isEqualTo(4);
    small.await(4);
  }
}
