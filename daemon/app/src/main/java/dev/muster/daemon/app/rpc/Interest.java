package dev.muster.daemon.app.rpc;

import dev.muster.daemon.core.Registration;
import dev.muster.daemon.core.Ticker;
import java.time.Duration;

/**
 * Says again and again that somebody still wants to know: a source stops watching what nobody asks
 * about, and a wait that has been quiet for a day asks nothing.
 */
final class Interest implements Registration {
  static final Duration PERIOD = Duration.ofMinutes(10);

  private final Runnable ask;
  private final Ticker ticker;
  private Registration next;
  private boolean closed;

  private Interest(Runnable ask, Ticker ticker) {
    this.ask = ask;
    this.ticker = ticker;
  }

  /**
   * @param ask something short
   */
  static Interest keep(Runnable ask, Ticker ticker) {
    Interest interest = new Interest(ask, ticker);
    interest.schedule();
    return interest;
  }

  private synchronized void schedule() {
    if (!closed) {
      next = ticker.after(PERIOD, this::tick);
    }
  }

  private void tick() {
    ask.run();
    schedule();
  }

  @Override
  public synchronized void close() {
    closed = true;
    next.close();
  }
}
