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

  /** A dashboard that answers slowly is given so many times as long between two questions. */
  private static final int REST = 4;

  private final Demand demand;
  private final Cluster cluster;
  private final Ticker ticker;
  private final RandomGenerator random;
  private Long wrote;
  private Duration took = Duration.ZERO;

  Pace(Demand demand, Cluster cluster, Ticker ticker, RandomGenerator random) {
    this.demand = demand;
    this.cluster = cluster;
    this.ticker = ticker;
    this.random = random;
  }

  /** Something was just changed there. */
  void wrote() {
    wrote = ticker.nanos();
    demand.asked(cluster.namespace());
  }

  /** How long it took to answer. */
  void answered(Duration time) {
    took = time;
  }

  /**
   * Null: nobody wants to know.
   *
   * @param failures in a row
   */
  Duration interval(int failures) {
    Duration wanted = demand.interval(cluster.namespace(), cluster.name());
    if (wanted == null) {
      return null;
    }
    boolean written = wrote != null && age(wrote).compareTo(AFTER_WRITE) <= 0;
    Duration interval = spared(written ? Demand.min(Demand.WAITING, wanted) : wanted);
    if (failures == 0) {
      return interval;
    }
    boolean awaited = interval.compareTo(Demand.WAITING) <= 0;
    Duration longest = awaited ? LONGEST_FOR_WAITS : LONGEST;
    Duration backoff = Demand.min(longest, Duration.ofSeconds(1L << Math.min(failures - 1, 10)));
    return interval.compareTo(backoff) > 0 ? interval : backoff;
  }

  /** However closely it is looked at, answering must not be all that it does. */
  private Duration spared(Duration wanted) {
    Duration rest = Demand.min(Demand.WAITING, took.multipliedBy(REST));
    return wanted.compareTo(rest) > 0 ? wanted : rest;
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
