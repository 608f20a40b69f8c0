package dev.muster.daemon.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What waits to be recorded: bounded, numbered, awaited by number. Thread-safe, one taker. */
final class SightingQueue {
  private final int most;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition work = lock.newCondition();
  private final Condition progress = lock.newCondition();
  private final ArrayDeque<Sighting> waiting = new ArrayDeque<>();
  private long offered;
  private long taken;
  private long done;
  private long lost;
  private boolean full;
  private boolean closed;

  /**
   * @param patience how long the one that offers may be held up, once, when there is no room
   */
  SightingQueue(int most, Duration patience) {
    this.most = most;
    this.patience = patience;
  }

  /** Adds it; what finds no room in time is lost, and counted. */
  void offer(Sighting sighting) {
    lock.lock();
    try {
      long nanos = full ? 0 : patience.toNanos();
      while (waiting.size() >= most && nanos > 0 && !closed) {
        nanos = room.awaitNanos(nanos);
      }
      full = waiting.size() >= most;
      if (closed || full) {
        lost += closed ? 0 : 1;
        return;
      }
      waiting.add(sighting);
      offered++;
      work.signal();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      lost++;
    } finally {
      lock.unlock();
    }
  }

  /** What comes next; empty when there is nothing for so long, or it is closed and drained. */
  List<Sighting> take(int atOnce, Duration forSoLong) {
    lock.lock();
    try {
      long nanos = forSoLong.toNanos();
      while (waiting.isEmpty() && !closed && nanos > 0) {
        nanos = work.awaitNanos(nanos);
      }
      List<Sighting> batch = new ArrayList<>();
      while (!waiting.isEmpty() && batch.size() < atOnce) {
        batch.add(waiting.poll());
      }
      taken += batch.size();
      room.signalAll();
      return batch;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  /** All that was taken is recorded, or never will be. */
  void done() {
    lock.lock();
    try {
      done = taken;
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until what was offered before now is recorded; false if that takes longer. */
  boolean settle(Duration forSoLong) {
    lock.lock();
    try {
      long goal = offered;
      long nanos = forSoLong.toNanos();
      while (done < goal && nanos > 0) {
        nanos = progress.awaitNanos(nanos);
      }
      return done >= goal;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  long lost() {
    lock.lock();
    try {
      return lost;
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more in; what waits is still handed out. */
  void close() {
    lock.lock();
    try {
      closed = true;
      work.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
