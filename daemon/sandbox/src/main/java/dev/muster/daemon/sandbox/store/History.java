package dev.muster.daemon.sandbox.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The last changes of one resource, in order. Every watch reads from here at its own pace; one that
 * falls further behind than the history reaches is told so.
 */
public final class History {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition appended = lock.newCondition();
  private final Change[] ring;
  private long end;

  /** Versions below this one cannot be watched from any more. */
  private long oldest;

  History(int capacity, long oldest) {
    this.ring = new Change[capacity];
    this.oldest = oldest;
  }

  void append(Change change) {
    lock.lock();
    try {
      int slot = (int) (end % ring.length);
      if (ring[slot] != null) {
        oldest = Math.max(oldest, ring[slot].version());
      }
      ring[slot] = change;
      end++;
      appended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void compact(long version) {
    lock.lock();
    try {
      oldest = version;
    } finally {
      lock.unlock();
    }
  }

  /** The oldest version that can still be watched from. */
  public long oldest() {
    lock.lock();
    try {
      return oldest;
    } finally {
      lock.unlock();
    }
  }

  /** Starts to read behind that version. */
  public Cursor after(long version) throws ExpiredException {
    lock.lock();
    try {
      return new Cursor(behind(version));
    } finally {
      lock.unlock();
    }
  }

  /** What was written behind that version, in order. */
  List<Change> since(long version) throws ExpiredException {
    lock.lock();
    try {
      return from(behind(version));
    } finally {
      lock.unlock();
    }
  }

  private long behind(long version) throws ExpiredException {
    if (version < oldest) {
      throw new ExpiredException(version, oldest);
    }
    long next = end;
    long first = Math.max(0, end - ring.length);
    while (next > first && ring[(int) ((next - 1) % ring.length)].version() > version) {
      next--;
    }
    return next;
  }

  private List<Change> from(long first) {
    List<Change> changes = new ArrayList<>();
    for (long next = first; next < end; next++) {
      changes.add(ring[(int) (next % ring.length)]);
    }
    return changes;
  }

  /** One reader's place in the history. */
  public final class Cursor {

    private long next;
    private long seen;
    private boolean closed;

    private Cursor(long next) {
      this.next = next;
    }

    /**
     * Waits for changes.
     *
     * @return what has come since the last call; empty when the time ran out or the cursor was
     *     closed
     */
    public List<Change> poll(Duration timeout) throws InterruptedException, ExpiredException {
      lock.lock();
      try {
        long left = timeout.toNanos();
        while (next == end && !closed && left > 0) {
          left = appended.awaitNanos(left);
        }
        if (end - next > ring.length) {
          throw new ExpiredException(seen, oldest);
        }
        List<Change> changes = from(next);
        next = end;
        if (!changes.isEmpty()) {
          seen = changes.getLast().version();
        }
        return changes;
      } finally {
        lock.unlock();
      }
    }

    /** Ends the reading; a waiting {@link #poll} returns at once. */
    public void close() {
      lock.lock();
      try {
        closed = true;
        appended.signalAll();
      } finally {
        lock.unlock();
      }
    }

    public boolean closed() {
      lock.lock();
      try {
        return closed;
      } finally {
        lock.unlock();
      }
    }
  }
}
