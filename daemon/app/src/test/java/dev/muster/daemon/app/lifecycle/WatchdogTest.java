package dev.muster.daemon.app.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Watchdog watchdog = new Watchdog(new Activity(nanos::get, Duration.ofMinutes(1)));
  private final AtomicInteger stops = new AtomicInteger();

  @AfterEach
  void close() {
    watchdog.close();
  }

  @Test
  void a_daemon_that_is_of_use_goes_on() {
    watchdog.whenStopped(stops::incrementAndGet);

    watchdog.look(() -> true);

    assertThat(stops).hasValue(0);
  }

  @Test
  void one_that_nobody_calls_ends() {
    watchdog.whenStopped(stops::incrementAndGet);
    nanos.set(Duration.ofMinutes(1).toNanos());

    watchdog.look(() -> true);

    assertThat(stops).hasValue(1);
  }

  @Test
  void one_that_nobody_can_reach_ends() {
    watchdog.whenStopped(stops::incrementAndGet);

    watchdog.look(() -> false);

    assertThat(stops).hasValue(1);
  }

  @Test
  void it_ends_once() {
    watchdog.whenStopped(stops::incrementAndGet);

    watchdog.stop("one");
    watchdog.stop("two");

    assertThat(stops).hasValue(1);
  }
}
