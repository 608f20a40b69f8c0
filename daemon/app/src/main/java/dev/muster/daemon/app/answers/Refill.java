package dev.muster.daemon.app.answers;

import dev.muster.daemon.core.Cache;
import dev.muster.daemon.core.Source;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Fills the cache anew from the servers: after a person cleared it, and after it was found damaged
 * and was replaced. Nothing counts as live before its first full list is in.
 */
public final class Refill {
  private final Sources sources;
  private final Cache cache;
  private final ReentrantLock lock = new ReentrantLock();

  public Refill(Sources sources, Cache cache) {
    this.sources = sources;
    this.cache = cache;
    cache.onEmptied(this::emptied);
  }

  /** Empties the cache while nothing is watched; answers with how many rows went. */
  public long clear() {
    lock.lock();
    try {
      long rows = cache.rows();
      relist(cache::clear);
      return rows;
    } finally {
      lock.unlock();
    }
  }

  /** Somebody else emptied it; {@link #clear} itself relists already. */
  private void emptied() {
    if (!lock.isHeldByCurrentThread()) {
      relist(() -> {});
    }
  }

  private void relist(Runnable whileStopped) {
    Runnable work = whileStopped;
    for (Source source : sources.all()) {
      Runnable inner = work;
      work = () -> source.relist(inner);
    }
    work.run();
  }
}
