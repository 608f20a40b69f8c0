package dev.muster.daemon.sandbox.controllers;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Work to be done later, once for each key, by one thread. A key that is added again while it waits
 * keeps its earlier time.
 */
public final class WorkQueue<K> implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(WorkQueue.class.getName());

  private record Entry<K>(K key, long due) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Entry<K>> entries =
      new PriorityQueue<>(Comparator.comparingLong(Entry::due));
  private final Map<K, Entry<K>> waiting = new HashMap<>();
  private final Consumer<K> work;
  private final Thread thread;
  private boolean closed;

  public WorkQueue(String name, Consumer<K> work) {
    this.work = work;
    this.thread = Thread.ofPlatform().daemon().name("sandbox-" + name).start(this::run);
  }

  /** Has the key worked on after that time. */
  public void add(K key, Duration delay) {
    Entry<K> entry = new Entry<>(key, System.nanoTime() + delay.toNanos());
    lock.lock();
    try {
      Entry<K> old = waiting.get(key);
      if (old != null && old.due() <= entry.due()) {
        return;
      }
      // A later entry of the same key stays in the queue and is skipped when its time comes.
      waiting.put(key, entry);
      entries.add(entry);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (true) {
        K key = take();
        try {
          work.accept(key);
        } catch (RuntimeException e) {
          LOG.log(Level.ERROR, "the simulation failed at " + key, e);
        }
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private K take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        if (closed) {
          throw new InterruptedException();
        }
        Entry<K> first = entries.peek();
        long left = first == null ? Long.MAX_VALUE : first.due() - System.nanoTime();
        if (left > 0) {
          changed.awaitNanos(left);
        } else if (waiting.remove(entries.poll().key(), first)) {
          return first.key();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
