package dev.muster.daemon.kubernetes.informers;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Whether one watch is up, since when not and why. Safe for many threads. */
final class Liveness {
  private final Clock clock;
  private final Runnable changed;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition outcome = lock.newCondition();

  /** Why it is not live, where that makes a difference. */
  private enum Cause {
    OTHER,
    FORBIDDEN,
    ABSENT,
    REFUSED
  }

  private boolean live;
  private Cause cause = Cause.OTHER;
  private String reason = "the first list is being read";
  private Instant lastSeen;
  private long outcomes;
  private long attempts;

  /** Which attempt came to the last outcome. */
  private long ended;

  /**
   * @param changed told after each change between live and not, or of the reason
   */
  Liveness(Clock clock, Runnable changed) {
    this.clock = clock;
    this.changed = changed;
  }

  /** The server is asked from now on: what was known of it before does not count any more. */
  void attempt() {
    lock.lock();
    try {
      attempts++;
    } finally {
      lock.unlock();
    }
  }

  /** A full list is written and the watch is up. */
  void live() {
    boolean news = set(true, Cause.OTHER, "", clock.instant());
    if (news) {
      changed.run();
    }
  }

  void lost(String why, boolean isForbidden) {
    if (set(false, isForbidden ? Cause.FORBIDDEN : Cause.OTHER, why, null)) {
      changed.run();
    }
  }

  /** The server does not have the kind: there is nothing to wait for. */
  void absent(String why) {
    if (set(false, Cause.ABSENT, why, null)) {
      changed.run();
    }
  }

  /** The server does not take the credential: whoever asks has to sign in. */
  void refused(String why) {
    if (set(false, Cause.REFUSED, why, null)) {
      changed.run();
    }
  }

  private boolean set(boolean isLive, Cause because, String why, Instant seen) {
    lock.lock();
    try {
      boolean news = live != isLive || !reason.equals(why);
      live = isLive;
      cause = because;
      reason = why;
      lastSeen = seen == null ? lastSeen : seen;
      outcomes++;
      ended = attempts;
      outcome.signalAll();
      return news;
    } finally {
      lock.unlock();
    }
  }

  /** The server said something. */
  void seen(Instant at) {
    lock.lock();
    try {
      lastSeen = at;
    } finally {
      lock.unlock();
    }
  }

  /** Null: nothing was ever seen. */
  Instant lastSeen() {
    lock.lock();
    try {
      return lastSeen;
    } finally {
      lock.unlock();
    }
  }

  /**
   * @param at when it was last known to be true; null: never by this watch
   * @param forbidden the user may not see it
   * @param absent the server does not have it
   * @param refused the server does not take the credential
   * @param tried whether an attempt has come to an end, one way or the other
   */
  record Now(
      boolean live,
      boolean forbidden,
      boolean absent,
      boolean refused,
      boolean tried,
      String reason,
      Instant at) {}

  Now now() {
    lock.lock();
    try {
      return new Now(
          live,
          cause == Cause.FORBIDDEN,
          cause == Cause.ABSENT,
          cause == Cause.REFUSED,
          outcomes > 0,
          reason,
          live ? clock.instant() : lastSeen);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it is live or an attempt fails, at most so long. */
  Now await(Duration patience) {
    lock.lock();
    try {
      long before = outcomes;
      await(() -> live || outcomes != before, patience);
    } finally {
      lock.unlock();
    }
    return now();
  }

  /**
   * The same of an attempt that begins from now on: one that is under way may have asked before.
   *
   * @param ask for an attempt
   */
  Now awaitNext(Duration patience, Runnable ask) {
    lock.lock();
    try {
      long before = attempts;
      ask.run();
      await(() -> live || ended > before, patience);
    } finally {
      lock.unlock();
    }
    return now();
  }

  /** Waits until a first attempt has come to an end, one way or the other, at most so long. */
  Now awaitFirst(Duration patience) {
    lock.lock();
    try {
      await(() -> outcomes > 0, patience);
    } finally {
      lock.unlock();
    }
    return now();
  }

  /** Only under the lock, which it gives up while it waits. */
  private void await(BooleanSupplier over, Duration patience) {
    long left = patience.toNanos();
    try {
      while (!over.getAsBoolean() && left > 0) {
        left = outcome.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
