package dev.muster.daemon.core;

import java.util.function.Consumer;

/**
 * Waiting for a resource to reach a state, by the rules of {@code muster wait}: it ends on success
 * and on whatever makes success impossible (failed, stopped, gone, made anew), and only on what is
 * known to be true now.
 *
 * <p>A wait blocks the thread it is called in, which should be a virtual one, and costs one
 * subscription.
 */
public final class Waits {
  private final CacheReader cache;
  private final ChangeFeed feed;
  private final Ticker ticker;

  public Waits(CacheReader cache, ChangeFeed feed, Ticker ticker) {
    this.cache = cache;
    this.feed = feed;
    this.ticker = ticker;
  }

  /**
   * Waits.
   *
   * @param liveness of the kind: what is absent is only absent while it is live
   * @param progress told first how things are, and then whenever the line that says so changes;
   *     what it throws ends the wait
   * @return how it ended, which was not told to {@code progress}
   */
  public WaitUpdate await(
      WaitRequest request,
      Liveness liveness,
      Consumer<WaitUpdate> progress,
      Cancellation cancellation) {
    return new Wait(request, cache, feed, ticker, liveness, progress, cancellation).run();
  }
}
