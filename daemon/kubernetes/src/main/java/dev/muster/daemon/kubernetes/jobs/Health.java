package dev.muster.daemon.kubernetes.jobs;

import java.time.Duration;
import java.time.Instant;

/**
 * How well a dashboard answers. Times are those of a {@link dev.muster.daemon.core.Ticker}; null:
 * never. For one thread at a time.
 */
final class Health {
  /** Slow answers alone do not make it be taken for dead. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** What did not answer may do so by now. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Cluster cluster;
  private final Pace pace;
  private Long tried;
  private Long succeeded;
  private Instant at;
  private int failures;
  private String failure = "";

  /**
   * How well it is known.
   *
   * @param at when it was last known to be so; null: never
   */
  record Now(boolean live, Instant at, String reason) {}

  /**
   * @param cluster whose dashboard it is, for sentences
   */
  Health(Cluster cluster, Pace pace) {
    this.cluster = cluster;
    this.pace = pace;
  }

  private String dashboard() {
    return "the dashboard of " + cluster.words();
  }

  void asked(long nanos) {
    tried = nanos;
  }

  Long tried() {
    return tried;
  }

  /** In a row. */
  int failures() {
    return failures;
  }

  /** Whether that is news. */
  boolean answered(long nanos, Instant when) {
    boolean news = succeeded == null || failures > 0;
    at = when;
    succeeded = nanos;
    failures = 0;
    failure = "";
    return news;
  }

  /** Whether that is news. */
  boolean failed(String why) {
    boolean news = !why.equals(failure);
    failures++;
    failure = why;
    return news;
  }

  /** Whether a first question has come to its end. */
  boolean isKnown() {
    return succeeded != null || failures > 0;
  }

  /** Whether it was never asked, or longer ago than it is asked while people look. */
  boolean isDue() {
    Duration most = failures > 0 ? AGAIN : Demand.LOOKING;
    return tried == null || pace.age(tried).compareTo(most) >= 0;
  }

  Now now() {
    if (failures > 0) {
      return new Now(false, at, cluster.trouble(failure));
    }
    if (succeeded == null) {
      return new Now(false, null, dashboard() + " has not answered yet");
    }
    Duration interval = pace.interval(0);
    Duration most = interval == null ? Duration.ZERO : interval.multipliedBy(2);
    Duration allowed = most.compareTo(GRACE) > 0 ? most : GRACE;
    boolean fresh = pace.age(succeeded).compareTo(allowed) <= 0;
    return new Now(fresh, at, fresh ? "" : dashboard() + " has not answered since");
  }
}
