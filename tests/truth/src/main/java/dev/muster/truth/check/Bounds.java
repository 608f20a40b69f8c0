package dev.muster.truth.check;

/**
 * How exact the comparison is, in microseconds.
 *
 * @param lag how much later than the recorder the daemon may be told something
 * @param slack how much later than the daemon the recorder may be told something
 */
public record Bounds(long lag, long slack) {
  /** A live answer is dated by the daemon's clock, in whole milliseconds. */
  static final long DATING = 2_000;

  /** That lag; the recorder may always be two seconds late, which is no fault of muster's. */
  public static Bounds ofLag(long millis) {
    return new Bounds(millis * 1000, 2_000_000);
  }
}
