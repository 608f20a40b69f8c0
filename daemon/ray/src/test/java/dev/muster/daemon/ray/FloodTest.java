package dev.muster.daemon.ray;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FloodTest {
  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger fetches = new AtomicInteger();
  private final Flood flood = new Flood(now::get, Duration.ofSeconds(1));

  private void pass(double seconds) {
    now.addAndGet((long) (seconds * 1e9));
  }

  private void fetch(double seconds) throws IOException {
    flood.fetch(
        () -> {
          fetches.incrementAndGet();
          pass(seconds);
        });
  }

  @Test
  void only_much_in_a_short_time_is_one() {
    assertThat(flood.isOne(100 << 20)).isFalse();
    pass(1);
    assertThat(flood.isOne(1)).isTrue();
    pass(1);
    assertThat(flood.isOne(3 << 20)).isFalse();
    pass(3);
    assertThat(flood.isOne(11 << 20)).isFalse();
    pass(3);
    assertThat(flood.isOne(12 << 20)).isTrue();
  }

  @Test
  void reading_the_whole_takes_a_third_of_the_time_at_most() throws IOException {
    fetch(2);
    pass(3);
    fetch(2);
    assertThat(fetches).hasValue(1);
    pass(1);
    fetch(2);
    assertThat(fetches).hasValue(2);
  }
}
