package dev.muster.daemon.app.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ActivityTest {
  private final AtomicLong nanos = new AtomicLong(1_000);
  private final Activity activity = new Activity(nanos::get, Duration.ofHours(3));

  @Test
  void idle_time_runs_from_the_end_of_the_last_call() {
    activity.begin();
    pass(Duration.ofHours(2));
    activity.end();
    pass(Duration.ofHours(1));

    assertThat(activity.untilStop()).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void an_open_call_is_not_idle_however_long() {
    activity.begin();
    pass(Duration.ofDays(9));

    assertThat(activity.untilStop()).isPositive();
    assertThat(activity.open()).isEqualTo(1);
  }

  @Test
  void after_three_hours_without_a_call_it_is_over() {
    pass(Duration.ofHours(3));

    assertThat(activity.untilStop().isPositive()).isFalse();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
