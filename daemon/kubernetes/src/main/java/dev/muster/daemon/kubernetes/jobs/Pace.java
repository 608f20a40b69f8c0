package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.core.Ticker;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a dashboard is asked next. Times are {@link Ticker#nanos}; null: never. For one thread at a
 * time.
 */
final class Pace {
  /** As long as a write may take to show all its effects, it is looked at closely. */
  static final Duration AFTER_WRITE = Duration.ofSeconds(10);

  /** Between attempts at one that does not answer: 1 s, 2 s, 4 s ... and never longer than this. */
  static final Duration LONGEST = Duration.ofSeconds(30);

  static final Duration LONGEST_FOR_WAITS = Duration.ofSeconds(5);

  private final Demand demand;
  private final String namespace;
  private final Ticker ticker;
  private final RandomGenerator random;
  private Long wrote;

  Pace(Demand demand, String namespace, Ticker ticker, RandomGenerator random) {
    this.demand = demand;
    this.namespace = namespace;
    this.ticker = ticker;
    this.random = random;
  }

  /** Something was just changed there. */
  void wrote() {
    wrote = ticker.nanos();
    demand.asked(namespace);
  }

  /**
   * Null: nobody wants to know.
   *
   * @param failures in a row
   */
  Duration interval(int failures) {
    Duration wanted = demand.interval(namespace);
    if (wanted == null) {
      return null;
    }
    boolean written = wrote != null && age(wrote).compareTo(AFTER_WRITE) <= 0;
    Duration interval = written ? Demand.WAITING : wanted;
    if (failures == 0) {
      return interval;
    }
    Duration longest = interval.equals(Demand.WAITING) ? LONGEST_FOR_WAITS : LONGEST;
    Duration backoff = Demand.min(longest, Duration.ofSeconds(1L << Math.min(failures - 1, 10)));
    return interval.compareTo(backoff) > 0 ? interval : backoff;
  }

  /** How long to wait now, spread by a quarter at random. */
  Duration pause(Duration interval, Long tried) {
    if (tried == null) {
      return Duration.ZERO;
    }
    long full = interval.toNanos();
    long spread = full - full / 4 + random.nextLong(full / 2);
    return Duration.ofNanos(Math.max(0, spread - age(tried).toNanos()));
  }

  Duration age(Long at) {
    return Duration.ofNanos(ticker.nanos() - at);
  }
}
