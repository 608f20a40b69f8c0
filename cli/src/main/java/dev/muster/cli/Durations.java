package dev.muster.cli;

import java.time.Duration;

/** Durations as people type them: {@code 90}, {@code 30s}, {@code 1h30m}, {@code 500ms}. */
public final class Durations {
  private Durations() {}

  /**
   * @param option named in the failure
   * @param text whole numbers, each with ms, s, m, h or d; a bare number is seconds
   * @throws CliFailure if it is none
   */
  public static Duration parse(String option, String text) {
    Duration sum = Duration.ZERO;
    int at = 0;
    while (at < text.length()) {
      int start = at;
      while (at < text.length() && isDigit(text.charAt(at))) {
        at++;
      }
      int unit = at;
      while (at < text.length() && !isDigit(text.charAt(at))) {
        at++;
      }
      if (unit == start || unit - start > 9) {
        throw bad(option, text);
      }
      long count = Long.parseLong(text.substring(start, unit));
      boolean whole = start == 0 && unit == text.length();
      sum = sum.plus(part(count, whole ? "s" : text.substring(unit, at), option, text));
    }
    if (text.isEmpty()) {
      throw bad(option, text);
    }
    return sum;
  }

  private static Duration part(long count, String unit, String option, String text) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m", "min" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case "d" -> Duration.ofDays(count);
      default -> throw bad(option, text);
    };
  }

  /** "3 min": the largest unit that fits, for people. */
  public static String roughly(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min";
    }
    return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
  }

  /** "45s", "3m", "1h20m", "2d": as {@link #parse} reads it, in at most two units. */
  public static String brief(Duration duration) {
    long seconds = Math.max(0, duration.plusMillis(500).toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    }
    long minutes = (seconds + 30) / 60;
    if (minutes < 60) {
      return minutes + "m";
    }
    long hours = minutes / 60;
    if (hours < 48) {
      return hours + "h" + (minutes % 60 == 0 ? "" : minutes % 60 + "m");
    }
    return hours / 24 + "d";
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static CliFailure bad(String option, String text) {
    return CliFailure.usage(
        "%s '%s' is not a duration; write it like 30s, 5m or 1h30m".formatted(option, text));
  }
}
