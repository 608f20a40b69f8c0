package dev.muster.daemon.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes when a test says so. */
final class ManualTicker implements Ticker {
  private record Task(long due, Runnable action) {}

  private final List<Task> tasks = new ArrayList<>();
  private long now = 1_000;

  @Override
  public synchronized long nanos() {
    return now;
  }

  @Override
  public synchronized Registration after(Duration delay, Runnable action) {
    Task task = new Task(now + delay.toNanos(), action);
    tasks.add(task);
    return () -> remove(task);
  }

  synchronized int waiting() {
    return tasks.size();
  }

  void pass(Duration time) {
    List<Task> due;
    synchronized (this) {
      now += time.toNanos();
      due = tasks.stream().filter(task -> task.due() <= now).toList();
      tasks.removeAll(due);
    }
    due.forEach(task -> task.action().run());
  }

  private synchronized void remove(Task task) {
    tasks.remove(task);
  }
}
