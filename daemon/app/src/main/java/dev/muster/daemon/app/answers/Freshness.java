package dev.muster.daemon.app.answers;

import java.time.Duration;

/**
 * How old an answer may be.
 *
 * @param live read past the cache
 * @param maxAge refuse an answer that was last known to be true longer ago; zero takes any
 */
public record Freshness(boolean live, Duration maxAge) {
  public static final Freshness ANY = new Freshness(false, Duration.ZERO);
}
