package dev.muster.daemon.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long something usually takes, from what it took before.
 *
 * @param median half of the runs took no longer
 * @param ninetieth nine of ten took no longer
 * @param runs of how many this is
 */
public record Estimate(Duration median, Duration ninetieth, int runs) {
  /** Fewer say nothing. */
  static final int FEWEST = 5;

  /** By nearest rank, so that each is a time that a run really took. */
  static Optional<Estimate> of(List<Duration> runs) {
    if (runs.size() < FEWEST) {
      return Optional.empty();
    }
    List<Duration> sorted = runs.stream().sorted().toList();
    return Optional.of(new Estimate(rank(sorted, 50), rank(sorted, 90), sorted.size()));
  }

  private static Duration rank(List<Duration> sorted, int percent) {
    return sorted.get((sorted.size() * percent + 99) / 100 - 1);
  }
}
