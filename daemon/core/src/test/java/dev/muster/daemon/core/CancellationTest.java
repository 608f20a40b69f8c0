package dev.muster.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancellationTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final Cancellation cancellation = new Cancellation();

  @Test
  void a_pause_passes() {
    assertThat(cancellation.pause(Duration.ofMillis(1))).isTrue();
  }

  @Test
  void a_pause_ends_when_nobody_wants_the_result_any_more() {
    cancellation.cancel();
    assertThat(cancellation.pause(LONG)).isFalse();
  }

  @Test
  void a_pause_ends_when_its_thread_is_interrupted_which_stays_known() {
    Thread.currentThread().interrupt();
    assertThat(cancellation.pause(LONG)).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void a_listener_runs_once_also_if_it_comes_late_and_not_after_it_left() {
    List<String> heard = new ArrayList<>();
    cancellation.onCancel(() -> heard.add("early"));
    cancellation.onCancel(() -> heard.add("left")).close();
    cancellation.cancel();
    cancellation.cancel();
    cancellation.onCancel(() -> heard.add("late"));
    assertThat(heard).containsExactly("early", "late");
  }
}
