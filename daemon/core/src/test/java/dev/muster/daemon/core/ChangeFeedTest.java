package dev.muster.daemon.core;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.daemon.core.ChangeFeed.Draft;
import dev.muster.daemon.core.ChangeFeed.Event;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangeFeedTest {
  private final ChangeFeed feed = new ChangeFeed(4);

  @Test
  void changes_come_in_order_and_are_numbered_without_gaps() throws Exception {
    try (Subscription subscription = feed.subscribe(any -> true)) {
      publish("a", "b", "c");

      assertThat(List.of(next(subscription), next(subscription), next(subscription)))
          .extracting(Change::sequence)
          .containsExactly(1L, 2L, 3L);
      assertThat(subscription.poll(Duration.ZERO)).isNull();
    }
  }

  @Test
  void what_was_published_before_is_not_told() throws Exception {
    publish("before");
    try (Subscription subscription = feed.subscribe(any -> true)) {
      assertThat(subscription.poll(Duration.ZERO)).isNull();
    }
  }

  @Test
  void a_subscriber_by_address_gets_what_is_there_only() throws Exception {
    try (Subscription one = feed.subscribe(Rows.IDENTITY, Rows.KIND, "team", "b");
        Subscription kind = feed.subscribe(Rows.IDENTITY, Rows.KIND, "", "");
        Subscription pods = feed.subscribe(Rows.IDENTITY, "pod", "", "");
        Subscription elsewhere = feed.subscribe(Rows.IDENTITY, "", "elsewhere", "");
        Subscription stranger = feed.subscribe("somebody-else", "", "", "")) {
      publish("a", "b");

      assertThat(next(one).row().key().name()).isEqualTo("b");
      assertThat(one.poll(Duration.ZERO)).isNull();
      assertThat(next(kind).row().key().name()).isEqualTo("a");
      assertThat(pods.poll(Duration.ZERO)).isNull();
      assertThat(elsewhere.poll(Duration.ZERO)).isNull();
      assertThat(stranger.poll(Duration.ZERO)).isNull();
    }
  }

  @Test
  void a_slow_subscriber_is_told_that_it_missed_something_before_anything_newer() throws Exception {
    try (Subscription slow = feed.subscribe(any -> true);
        Subscription quick = feed.subscribe(change -> change.row().key().name().equals("f"))) {
      publish("a", "b", "c", "d", "lost", "f");

      assertThat(slow.poll(Duration.ZERO)).isEqualTo(new Event.Overflow());
      assertThat(next(slow).row().key().name()).isEqualTo("f");
      assertThat(slow.poll(Duration.ZERO)).isNull();
      assertThat(next(quick).row().key().name()).isEqualTo("f");
    }
  }

  @Test
  void a_subscriber_that_waits_is_woken_by_a_change_a_wake_and_its_end() throws Exception {
    Subscription subscription = feed.subscribe(any -> true);

    CompletableFuture<Event> change = poll(subscription);
    publish("a");
    assertThat(change.get(30, SECONDS)).isInstanceOf(Event.Changed.class);

    CompletableFuture<Event> nothing = poll(subscription);
    subscription.wake();
    assertThat(nothing.get(30, SECONDS)).isNull();

    CompletableFuture<Event> ended = poll(subscription);
    subscription.close();
    assertThat(ended.get(30, SECONDS)).isNull();
    assertThat(subscription.poll(null)).isNull();
  }

  @Test
  void a_wake_is_not_lost_when_nobody_waits_and_hides_no_change() throws Exception {
    try (Subscription subscription = feed.subscribe(any -> true)) {
      subscription.wake();
      publish("a");

      assertThat(next(subscription).row().key().name()).isEqualTo("a");
      assertThat(subscription.poll(null)).isNull();
    }
  }

  @Test
  void a_wait_for_longer_than_there_are_nanoseconds_is_possible() throws Exception {
    try (Subscription subscription = feed.subscribe(any -> true)) {
      subscription.wake();

      assertThat(subscription.poll(Duration.ofDays(1_000_000))).isNull();
      assertThat(subscription.poll(Duration.ofNanos(1))).isNull();
    }
  }

  @Test
  void a_closed_subscription_is_free_at_once() throws Exception {
    Subscription subscription = feed.subscribe(any -> true);
    publish("a");
    assertThat(feed.subscribers()).isEqualTo(1);

    subscription.close();
    subscription.close();

    assertThat(feed.subscribers()).isZero();
    publish("b");
    subscription.offer(new Change(9, Change.Type.ADDED, Rows.NOON, null, Rows.row("late")));
    assertThat(subscription.poll(Duration.ZERO)).isNull();
  }

  @Test
  void a_callback_gets_each_change_once_and_in_order() throws Exception {
    BlockingQueue<Event> got = new LinkedBlockingQueue<>();
    try (Subscription subscription = feed.subscribe(any -> true, got::add)) {
      for (int i = 0; i < 100; i++) {
        publish("row-" + i);
        assertThat(got.poll(30, SECONDS))
            .isInstanceOfSatisfying(
                Event.Changed.class, event -> assertThat(event.change().sequence()).isPositive());
      }
      assertThat(got).isEmpty();
    }
  }

  @Test
  void a_callback_that_blocks_holds_nobody_up_and_is_told_what_it_missed() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch inside = new CountDownLatch(1);
    BlockingQueue<Event> got = new LinkedBlockingQueue<>();
    try (Subscription subscription =
        feed.subscribe(
            any -> true,
            event -> {
              inside.countDown();
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              got.add(event);
            })) {
      publish("first");
      assertThat(inside.await(30, SECONDS)).isTrue();

      publish("a", "b", "c", "d", "e");
      go.countDown();

      assertThat(got.poll(30, SECONDS)).isInstanceOf(Event.Changed.class);
      assertThat(got.poll(30, SECONDS)).isEqualTo(new Event.Overflow());
    }
  }

  @Test
  void a_callback_or_filter_that_fails_is_told_no_more_and_harms_nobody() throws Exception {
    feed.subscribe(
        any -> true,
        event -> {
          throw new IllegalStateException("the client is gone");
        });
    feed.subscribe(
        change -> {
          throw new IllegalStateException("a bad filter");
        });
    try (Subscription other = feed.subscribe(any -> true)) {
      publish("a");

      assertThat(next(other).row().key().name()).isEqualTo("a");
      await().until(() -> feed.subscribers() == 1);
    }
  }

  private void publish(String... names) {
    feed.publish(
        IntStream.range(0, names.length)
            .mapToObj(i -> new Draft(Change.Type.ADDED, null, Rows.row(names[i])))
            .toList(),
        Rows.NOON);
  }

  private static Change next(Subscription subscription) throws InterruptedException {
    return ((Event.Changed) subscription.poll(Duration.ofSeconds(30))).change();
  }

  private static CompletableFuture<Event> poll(Subscription subscription) {
    CompletableFuture<Event> result = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    result.complete(subscription.poll(null));
                  } catch (InterruptedException e) {
                    result.completeExceptionally(e);
                  }
                });
    await()
        .until(
            () ->
                thread.getState() == Thread.State.WAITING
                    || thread.getState() == Thread.State.TIMED_WAITING);
    return result;
  }
}
