package dev.muster.daemon.app.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.daemon.core.Registration;
import dev.muster.daemon.core.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InterestTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final ByHand ticker = new ByHand();

  @Test
  void it_is_said_again_and_again_while_it_is_open() {
    Interest.keep(asked::incrementAndGet, ticker);

    ticker.due.poll().run();
    ticker.due.poll().run();

    assertThat(asked).hasValue(2);
    assertThat(ticker.due).hasSize(1);
  }

  @Test
  void closed_it_is_said_no_more() {
    Interest interest = Interest.keep(asked::incrementAndGet, ticker);
    Runnable running = ticker.due.peek();

    interest.close();

    assertThat(ticker.due).isEmpty();
    running.run();
    assertThat(ticker.due).as("one that was just running is not followed by another").isEmpty();
  }

  @Test
  void it_is_said_often_enough_for_a_source_that_stops_after_an_hour() {
    assertThat(Interest.PERIOD).isLessThan(Duration.ofMinutes(30));
  }

  /** Time that passes when a test says so. */
  private static final class ByHand implements Ticker {
    private final Deque<Runnable> due = new ArrayDeque<>();

    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public Registration after(Duration delay, Runnable action) {
      due.add(action);
      return () -> due.remove(action);
    }
  }
}
