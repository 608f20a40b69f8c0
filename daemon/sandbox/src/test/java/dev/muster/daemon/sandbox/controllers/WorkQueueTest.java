package dev.muster.daemon.sandbox.controllers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class WorkQueueTest {

  private final List<String> done = new CopyOnWriteArrayList<>();

  @Test
  void a_key_is_worked_on_once_at_its_earliest_time() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    try (WorkQueue<String> queue =
        new WorkQueue<>(
            "test",
            key -> {
              done.add(key);
              await().until(() -> go.getCount() == 0);
            })) {
      queue.add("first", Duration.ZERO);
      await().until(() -> done.contains("first"));
      queue.add("later", Duration.ofDays(1));
      queue.add("twice", Duration.ofMillis(2));
      queue.add("twice", Duration.ofMillis(1));
      queue.add("twice", Duration.ofDays(1));
      go.countDown();
      await().until(() -> done.contains("twice"));
      queue.add("end", Duration.ofMillis(20));
      await().until(() -> done.contains("end"));
      assertThat(done).containsExactly("first", "twice", "end");
    }
  }

  @Test
  void a_failure_does_not_stop_it() {
    try (WorkQueue<String> queue =
        new WorkQueue<>(
            "test",
            key -> {
              done.add(key);
              if (key.equals("bad")) {
                throw new IllegalStateException("expected in this test");
              }
            })) {
      queue.add("bad", Duration.ZERO);
      queue.add("good", Duration.ofMillis(1));
      await().until(() -> done.contains("good"));
    }
  }
}
