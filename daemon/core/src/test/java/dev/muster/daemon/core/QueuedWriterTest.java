package dev.muster.daemon.core;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.daemon.core.ChangeFeed.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueuedWriterTest {
  @TempDir Path directory;
  private Fixture fixture;
  private QueuedWriter writer;
  private Subscription changes;

  @BeforeEach
  void setUp() {
    fixture = new Fixture(directory);
    writer = fixture.writer;
    changes = fixture.feed.subscribe(any -> true);
  }

  @AfterEach
  void tearDown() {
    fixture.close();
  }

  @Test
  void a_new_row_is_added() {
    Row row = Rows.row("demo");

    fixture.put(row);

    assertThat(told())
        .containsExactly(new Change(1, Change.Type.ADDED, Fixture.CLOCK.instant(), null, row));
  }

  @Test
  void a_row_that_differs_is_changed_and_says_from_what() {
    Row ready = Rows.at("101", Rows.in(State.READY, Rows.row("demo")));

    fixture.put(Rows.row("demo"), ready);

    assertThat(told()).extracting(Change::sequence).containsExactly(1L, 2L);
    assertThat(changesOf(Rows.row("demo"), ready))
        .last()
        .satisfies(
            change -> {
              assertThat(change.type()).isEqualTo(Change.Type.CHANGED);
              assertThat(change.from()).isEqualTo(State.STARTING);
              assertThat(change.row().state()).isEqualTo(State.READY);
            });
  }

  @Test
  void a_row_whose_object_alone_differs_is_changed() {
    fixture.put(Rows.row("demo"), Rows.holding("{\"more\":1}", Rows.row("demo")));

    assertThat(told())
        .extracting(Change::type)
        .containsExactly(Change.Type.ADDED, Change.Type.CHANGED);
    assertThat(get("demo").object()).isEqualTo("{\"more\":1}");
  }

  @Test
  void the_same_row_seen_again_is_no_change_but_was_seen() {
    Instant later = Rows.NOON.plusSeconds(30);

    fixture.put(Rows.row("demo"), Rows.row("demo").withObserved(later));

    assertThat(told()).extracting(Change::type).containsExactly(Change.Type.ADDED);
    assertThat(get("demo")).isEqualTo(Rows.row("demo").withObserved(later));
  }

  @Test
  void the_time_of_the_last_change_stays_while_the_state_does() {
    Instant later = Rows.NOON.plusSeconds(30);
    Row again = Rows.because("two pods are not ready", Rows.row("demo"));

    fixture.put(Rows.row("demo"), again.withObserved(later).withChanged(later));
    assertThat(get("demo").changed()).isEqualTo(Rows.NOON);
    assertThat(get("demo").reason()).isEqualTo("two pods are not ready");

    fixture.put(again.withObserved(later).withChanged(null));
    assertThat(get("demo").changed()).isEqualTo(Rows.NOON);
  }

  @Test
  void the_time_of_the_last_change_is_the_servers_when_it_says_a_newer_one() {
    Instant said = Rows.NOON.plusSeconds(20);
    Instant later = Rows.NOON.plusSeconds(30);

    fixture.put(Rows.row("demo"), Rows.row("demo").withObserved(later).withChanged(said));
    assertThat(get("demo").changed()).isEqualTo(said);

    fixture.put(Rows.row("demo").withObserved(later).withChanged(Rows.NOON.minusSeconds(9)));
    assertThat(get("demo").changed()).isEqualTo(said);
  }

  @Test
  void a_change_of_state_without_a_time_happened_when_it_was_observed() {
    Instant later = Rows.NOON.plusSeconds(30);
    Row first = Rows.row("demo").withChanged(null);

    fixture.put(first);
    assertThat(get("demo").changed()).isEqualTo(Rows.NOON);

    fixture.put(Rows.in(State.READY, first.withObserved(later)));
    assertThat(get("demo").changed()).isEqualTo(later);

    fixture.put(Rows.in(State.FAILED, first.withObserved(later).withChanged(Rows.NOON)));
    assertThat(get("demo").changed()).isEqualTo(Rows.NOON);
  }

  @Test
  void a_row_without_any_time_gets_the_daemons() {
    fixture.put(Rows.row("demo").withChanged(null).withObserved(null));

    assertThat(get("demo").changed()).isEqualTo(Fixture.CLOCK.instant());
  }

  @Test
  void an_older_version_is_ignored_but_proves_that_the_row_is_there() {
    Instant later = Rows.NOON.plusSeconds(30);
    Row newer = Rows.at("1000", Rows.in(State.READY, Rows.row("demo")));
    Row older = Rows.at("999", Rows.row("demo")).withObserved(later);

    fixture.put(newer, older);
    writer.sweep(Rows.IDENTITY, Rows.KIND, "", Rows.NOON.plusSeconds(10));
    fixture.settle();

    assertThat(told()).extracting(Change::type).containsExactly(Change.Type.ADDED);
    assertThat(get("demo")).isEqualTo(newer.withObserved(later));
  }

  @Test
  void versions_are_compared_as_numbers_and_only_when_both_are() {
    assertThat(Batch.isOlder("9", "10")).isTrue();
    assertThat(Batch.isOlder("10", "9")).isFalse();
    assertThat(Batch.isOlder("10", "10")).isFalse();
    assertThat(Batch.isOlder("99999999999999999998", "99999999999999999999")).isTrue();
    assertThat(Batch.isOlder("a", "b")).isFalse();
    assertThat(Batch.isOlder("1", "b")).isFalse();
    assertThat(Batch.isOlder("", "1")).isFalse();
  }

  @Test
  void an_opaque_version_always_overwrites() {
    fixture.put(Rows.at("b", Rows.row("demo")), Rows.at("a", Rows.row("demo")));

    assertThat(get("demo").version()).isEqualTo("a");
  }

  @Test
  void late_news_of_what_had_the_name_before_is_ignored() {
    Row before = Rows.at("101", Rows.row("demo"));
    Row anew = Rows.at("103", Rows.of("uid-2", Rows.row("demo")));

    fixture.put(Rows.row("demo"), anew, before);

    assertThat(get("demo").uid()).isEqualTo("uid-2");
    assertThat(told())
        .extracting(Change::type)
        .containsExactly(Change.Type.ADDED, Change.Type.DELETED, Change.Type.ADDED);
  }

  @Test
  void another_uid_that_was_made_later_is_a_deletion_and_an_addition_whatever_its_version() {
    Instant later = Rows.row("demo").created().plusSeconds(1);
    Row anew = Rows.made(later, Rows.at("1", Rows.of("uid-2", Rows.row("demo")))).withChanged(null);

    fixture.put(Rows.row("demo"), anew);

    List<Change> told = told();
    assertThat(told)
        .extracting(Change::type)
        .containsExactly(Change.Type.ADDED, Change.Type.DELETED, Change.Type.ADDED);
    assertThat(told.get(1).row()).isEqualTo(Rows.row("demo"));
    assertThat(told.get(1).from()).isEqualTo(State.STARTING);
    assertThat(told.get(2).row()).isEqualTo(anew.withChanged(Rows.NOON));
    assertThat(fixture.names()).containsExactly("demo");
  }

  @Test
  void a_removed_row_is_deleted_and_known_for_the_last_time() {
    Instant later = Rows.NOON.plusSeconds(30);
    fixture.put(Rows.row("demo"));

    writer.remove(Rows.key("demo"), "uid-demo", later);
    writer.remove(Rows.key("demo"), "uid-demo", later);
    fixture.settle();

    Change last = told().getLast();
    assertThat(last.type()).isEqualTo(Change.Type.DELETED);
    assertThat(last.from()).isEqualTo(State.STARTING);
    assertThat(last.row()).isEqualTo(Rows.row("demo").withObserved(later));
    assertThat(last.sequence()).isEqualTo(2);
    assertThat(fixture.names()).isEmpty();
  }

  @Test
  void removing_an_earlier_incarnation_leaves_the_present_one() {
    fixture.put(Rows.row("demo"));

    writer.remove(Rows.key("demo"), "uid-before", Rows.NOON);
    fixture.settle();
    assertThat(fixture.names()).containsExactly("demo");

    writer.remove(Rows.key("demo"), "", Rows.NOON);
    fixture.settle();
    assertThat(fixture.names()).isEmpty();
  }

  @Test
  void a_sweep_takes_what_the_list_did_not_confirm_and_nothing_else() {
    Instant listed = Rows.NOON.plusSeconds(10);
    Row row = Rows.row("any");
    fixture.put(
        Rows.row("gone"),
        Rows.row("confirmed"),
        Rows.row("new").withObserved(listed),
        Rows.under(new Key(Rows.IDENTITY, Rows.KIND, "elsewhere", "kept"), "", row),
        Rows.under(new Key(Rows.IDENTITY, "pod", "team", "kept"), "", row),
        Rows.under(new Key("somebody-else", Rows.KIND, "team", "kept"), "", row));

    writer.put(Rows.row("confirmed").withObserved(listed.plusMillis(1)));
    writer.sweep(Rows.IDENTITY, Rows.KIND, "team", listed);
    fixture.settle();

    assertThat(told().getLast().type()).isEqualTo(Change.Type.DELETED);
    assertThat(fixture.names()).containsExactly("kept", "confirmed", "new");
    assertThat(fixture.cache.rows()).isEqualTo(5);
    assertThat(fixture.cache.seen(Rows.IDENTITY, Rows.KIND, "team")).contains(listed);

    writer.sweep(Rows.IDENTITY, Rows.KIND, "", listed);
    fixture.settle();
    assertThat(fixture.names()).containsExactly("confirmed", "new");
    assertThat(fixture.cache.seen(Rows.IDENTITY, Rows.KIND, "")).contains(listed);
  }

  @Test
  void a_sweep_of_more_than_one_transaction_takes_them_all() {
    for (int i = 0; i < 2 * Batch.SWEPT_AT_ONCE; i++) {
      writer.put(Rows.row("row-" + i));
    }
    writer.sweep(Rows.IDENTITY, Rows.KIND, "", Rows.NOON.plusSeconds(1));
    fixture.settle();

    assertThat(fixture.cache.rows()).isZero();
    assertThat(fixture.cache.seen(Rows.IDENTITY, Rows.KIND, "")).isPresent();
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

    assertThat(get("demo").reason()).isEqualTo("the image cannot be pulled");
    assertThat(told().getLast().type()).isEqualTo(Change.Type.CHANGED);
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
    assertThat(told())
        .extracting(change -> change.row().key().name())
        .containsExactly("before", "after");
    assertThat(fixture.cache.degraded()).isEmpty();
  }

  @Test
  void an_object_of_the_greatest_size_that_a_server_takes_is_kept() {
    Row row = Rows.holding("x".repeat(2_000_000), Rows.row("demo"));

    fixture.put(row);

    assertThat(get("demo")).isEqualTo(row);
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
      assertThat(told()).hasSize(1);
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

  private static java.util.function.BiFunction<Row, List<Row>, Row> blocking(
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

  private Row get(String name) {
    return fixture.cache.get(Rows.key(name)).orElseThrow();
  }

  private List<Change> told() {
    List<Change> told = new ArrayList<>();
    try {
      while (changes.poll(Duration.ZERO) instanceof Event.Changed(Change change)) {
        told.add(change);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return told;
  }

  /** What comes of putting these under another name. */
  private List<Change> changesOf(Row... rows) {
    for (Row row : rows) {
      fixture.put(Rows.under(Rows.key("another"), "", row));
    }
    return told();
  }
}
