package dev.muster.daemon.ray;

import java.time.Instant;

/**
 * How far a reader is in the log of a job.
 *
 * @param begun when the job began that printed it: an id can be taken by another job later; null if
 *     that is not known
 * @param bytes how many bytes of UTF-8 the reader has
 */
public record LogPlace(Instant begun, long bytes) {
  public static final LogPlace BEGINNING = new LogPlace(null, 0);

  /**
   * What {@link #toString} wrote; null or anything else is the beginning.
   *
   * @param text as a caller gave it
   */
  public static LogPlace parse(String text) {
    if (text == null || !text.matches("\\d{1,18}(@\\d{1,15})?")) {
      return BEGINNING;
    }
    int at = text.indexOf('@');
    return at < 0
        ? new LogPlace(null, Long.parseLong(text))
        : new LogPlace(
            Instant.ofEpochMilli(Long.parseLong(text.substring(at + 1))),
            Long.parseLong(text.substring(0, at)));
  }

  /** The same log, so many bytes further. */
  LogPlace plus(long count) {
    return new LogPlace(begun, bytes + count);
  }

  @Override
  public String toString() {
    return begun == null ? Long.toString(bytes) : bytes + "@" + begun.toEpochMilli();
  }
}
