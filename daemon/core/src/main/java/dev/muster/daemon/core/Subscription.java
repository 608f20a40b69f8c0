package dev.muster.daemon.core;

import dev.muster.daemon.core.ChangeFeed.Event;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * One subscriber's place in a {@link ChangeFeed}. Thread-safe; closing it frees it at once and
 * wakes whoever polls.
 */
public final class Subscription implements Registration {
  private static final Logger log = Logger.getLogger(Subscription.class);

  private final Predicate<Change> filter;
  private final Consumer<Event> listener;
  private final int capacity;
  private final Executor threads;
  private final Consumer<Subscription> onClose;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition something = lock.newCondition();
  private final ArrayDeque<Change> changes = new ArrayDeque<>();
  private boolean overflowed;
  private boolean woken;
  private boolean telling;
  private volatile boolean closed;

  /**
   * @param listener null for one that is polled
   */
  Subscription(
      Predicate<Change> filter,
      Consumer<Event> listener,
      int capacity,
      Executor threads,
      Consumer<Subscription> onClose) {
    this.filter = filter;
    this.listener = listener;
    this.capacity = capacity;
    this.threads = threads;
    this.onClose = onClose;
  }

  /**
   * The next event; null when there is none within that time, when {@link #wake} was called, or
   * when this is closed.
   *
   * @param timeout zero does not wait; null waits for ever
   */
  public Event poll(Duration timeout) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = timeout == null ? Long.MAX_VALUE : saturatedNanos(timeout);
      while (true) {
        Event next = next();
        if (next != null || closed) {
          return next;
        }
        if (woken || nanos <= 0) {
          woken = false;
          return null;
        }
        nanos = something.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Makes the poll that waits now, or else the next one that would wait, return null. */
  public void wake() {
    lock.lock();
    try {
      woken = true;
      something.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    onClose.accept(this);
    lock.lock();
    try {
      closed = true;
      changes.clear();
      overflowed = false;
      something.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Never waits. */
  void offer(Change change) {
    if (closed || !wants(change)) {
      return;
    }
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (changes.size() >= capacity) {
        // What is kept would be read again anyway.
        changes.clear();
        overflowed = true;
      } else {
        changes.add(change);
      }
      something.signalAll();
      if (listener != null && !telling) {
        telling = true;
        threads.execute(this::tell);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean wants(Change change) {
    try {
      return filter.test(change);
    } catch (RuntimeException e) {
      log.warn("A subscriber's filter failed, and it is told no more.", e);
      close();
      return false;
    }
  }

  private void tell() {
    while (true) {
      Event next;
      lock.lock();
      try {
        next = next();
        if (next == null) {
          telling = false;
          return;
        }
      } finally {
        lock.unlock();
      }
      try {
        listener.accept(next);
      } catch (RuntimeException e) {
        log.warn("A subscriber failed, and is told no more.", e);
        close();
      }
    }
  }

  private Event next() {
    if (overflowed) {
      overflowed = false;
      return new Event.Overflow();
    }
    Change change = changes.poll();
    return change == null ? null : new Event.Changed(change);
  }

  private static long saturatedNanos(Duration time) {
    return time.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0 ? time.toNanos() : Long.MAX_VALUE;
  }
}
