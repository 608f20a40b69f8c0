package dev.muster.daemon.sandbox.controllers;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How long something lasts already, at the sandbox' own pace. Times in objects are whole seconds
 * and too coarse for that. For one thread.
 */
public final class Stopwatch {

  private record What(String uid, String name) {}

  private final Pace pace;
  private final Map<What, Long> since = new HashMap<>();

  public Stopwatch(Pace pace) {
    this.pace = pace;
  }

  /**
   * What is left of a time that began when this was first asked.
   *
   * @return zero or less when it is over
   */
  public Duration left(String uid, String name, Duration grace) {
    long start = since.computeIfAbsent(new What(uid, name), what -> System.nanoTime());
    return pace.of(grace).minusNanos(System.nanoTime() - start);
  }

  /** The next time begins anew. */
  public void reset(String uid, String name) {
    since.remove(new What(uid, name));
  }

  /** Nothing of that object is measured any more. */
  public void forget(String uid) {
    since.keySet().removeIf(what -> what.uid().equals(uid));
  }
}
