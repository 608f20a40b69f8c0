package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.core.Registration;
import dev.muster.daemon.core.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Time that passes when a test says so; what comes due runs in the test's thread, in order. */
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

  private synchronized void remove(Task task) {
    tasks.remove(task);
  }

  synchronized int waiting() {
    return tasks.size();
  }

  void pass(Duration time) {
    long end = nanos() + time.toNanos();
    for (Task task = next(end); task != null; task = next(end)) {
      task.action.run();
    }
    synchronized (this) {
      now = end;
    }
  }

  private synchronized Task next(long end) {
    Optional<Task> first =
        tasks.stream().filter(t -> t.due <= end).min(Comparator.comparingLong(Task::due));
    first.ifPresent(
        task -> {
          tasks.remove(task);
          now = Math.max(now, task.due);
        });
    return first.orElse(null);
  }
}
