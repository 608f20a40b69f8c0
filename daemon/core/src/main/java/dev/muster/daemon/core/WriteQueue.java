package dev.muster.daemon.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits to be written: bounded by number and by weight, numbered, and awaited by number.
 * Thread-safe, one taker.
 */
final class WriteQueue {
  private final int mostEntries;
  private final long mostWeight;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition work = lock.newCondition();
  private final Condition progress = lock.newCondition();
  private final ArrayDeque<Operation> waiting = new ArrayDeque<>();
  private long weight;
  private long lastAdded;
  private long taken;
  private long done;
  private boolean closed;
  private boolean ended;

  WriteQueue(int mostEntries, long mostWeight) {
    this.mostEntries = mostEntries;
    this.mostWeight = mostWeight;
  }

  /**
   * Adds, waiting for room. After {@link #close} nothing is added.
   *
   * @param atOnce do not wait: for the taker itself
   * @return its number, or the last one's if it was not added
   */
  long add(Operation operation, boolean atOnce) {
    lock.lock();
    try {
      while (!atOnce && !closed && isFull()) {
        room.awaitUninterruptibly();
      }
      if (!closed) {
        waiting.add(operation);
        weight += operation.weight();
        lastAdded++;
        work.signal();
      }
      return lastAdded;
    } finally {
      lock.unlock();
    }
  }

  /**
   * What comes next, a sweep by itself; waits for something; empty when closed and drained, or
   * ended.
   */
  List<Operation> take(int most) {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        work.awaitUninterruptibly();
      }
      List<Operation> batch = new ArrayList<>(Math.min(most, waiting.size()));
      while (!ended && batch.size() < most && !waiting.isEmpty()) {
        boolean alone = waiting.peek() instanceof Operation.Sweep;
        if (alone && !batch.isEmpty()) {
          break;
        }
        Operation next = waiting.poll();
        weight -= next.weight();
        batch.add(next);
        if (alone) {
          break;
        }
      }
      taken += batch.size();
      room.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** All that was taken is visible. */
  void done() {
    lock.lock();
    try {
      done = taken;
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  long lastAdded() {
    lock.lock();
    try {
      return lastAdded;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until that number, or the last one added if it is smaller, is visible. */
  void await(long number) {
    lock.lock();
    try {
      long goal = Math.min(number, lastAdded);
      while (done < goal && !ended) {
        progress.await();
      }
      if (done < goal) {
        throw new Failure(
            Failure.Kind.NO_ANSWER, "The daemon is stopping: what was seen last is not written.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Failure.Kind.NO_ANSWER, "The call was interrupted.", e);
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

  /** Waits until everything is done; false if that takes longer. */
  boolean drained(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long nanos = patience.toNanos();
      while (done < lastAdded && nanos > 0) {
        nanos = progress.awaitNanos(nanos);
      }
      return done == lastAdded;
    } finally {
      lock.unlock();
    }
  }

  /** Hands out nothing more, and lets go of whoever waits. */
  void end() {
    lock.lock();
    try {
      closed = true;
      ended = true;
      waiting.clear();
      work.signalAll();
      room.signalAll();
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull() {
    return waiting.size() >= mostEntries || (weight >= mostWeight && !waiting.isEmpty());
  }
}
