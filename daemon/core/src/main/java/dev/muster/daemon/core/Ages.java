package dev.muster.daemon.core;

import java.time.Duration;
import java.time.Instant;

/**
 * Ages as kubectl prints them: two units at most, fewer the older it is ({@code HumanDuration} in
 * {@code k8s.io/apimachinery/pkg/util/duration}).
 */
public final class Ages {
  private Ages() {}

  /** The age at that time; "-" for what has none, "0s" for what is yet to come (clocks differ). */
  public static String between(Instant since, Instant now) {
    return since == null ? "-" : of(Duration.between(since, now));
  }

  /** The same for a length of time; "-" for null. */
  public static String of(Duration age) {
    if (age == null) {
      return "-";
    }
    long seconds = Math.max(0, age.toSeconds());
    long minutes = seconds / 60;
    long hours = minutes / 60;
    long days = hours / 24;
    if (seconds < 120) {
      return seconds + "s";
    }
    if (minutes < 10) {
      return two(minutes, "m", seconds % 60, "s");
    }
    if (hours < 3) {
      return minutes + "m";
    }
    if (hours < 8) {
      return two(hours, "h", minutes % 60, "m");
    }
    if (hours < 48) {
      return hours + "h";
    }
    if (days < 8) {
      return two(days, "d", hours % 24, "h");
    }
    if (days < 2 * 365) {
      return days + "d";
    }
    return days < 8 * 365 ? two(days / 365, "y", days % 365, "d") : days / 365 + "y";
  }

  private static String two(long large, String unit, long small, String smallUnit) {
    return large + unit + (small == 0 ? "" : small + smallUnit);
  }
}
