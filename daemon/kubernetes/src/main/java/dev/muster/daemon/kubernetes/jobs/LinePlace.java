package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.kubernetes.jobs.StampedLines.Line;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * How far a reader is in the log of a pod, whose lines have times and no numbers.
 *
 * @param at the time of the last line that he has; null for none
 * @param count how many lines of that time he has
 */
record LinePlace(Instant at, int count) {
  static final LinePlace BEGINNING = new LinePlace(null, 0);

  /** What {@link #toString} wrote; null or anything else is the beginning. */
  static LinePlace parse(String text) {
    int space = text == null ? -1 : text.indexOf(' ');
    if (space < 0) {
      return BEGINNING;
    }
    try {
      return new LinePlace(
          Instant.parse(text.substring(0, space)), Integer.parseInt(text.substring(space + 1)));
    } catch (DateTimeException | NumberFormatException e) {
      return BEGINNING;
    }
  }

  boolean isNone() {
    return at == null;
  }

  /** The rest of a line that was too long has no time, and moves nothing. */
  LinePlace after(Line line) {
    if (line.at() == null) {
      return this;
    }
    return new LinePlace(line.at(), line.at().equals(at) ? count + 1 : 1);
  }

  @Override
  public String toString() {
    return isNone() ? "" : at + " " + count;
  }
}
