package dev.muster.daemon.core;

import dev.muster.daemon.core.ChangeFeed.Event;
import dev.muster.daemon.core.WaitUpdate.Outcome;
import java.time.Duration;
import java.util.function.Consumer;

/** One wait, in one thread. */
final class Wait {
  /**
   * How long a resource that the caller has just written may be missing from the cache, which hears
   * of it by way of the server.
   */
  static final Duration ARRIVAL = Duration.ofSeconds(5);

  private static final Registration NOTHING = () -> {};

  private final WaitRequest request;
  private final Key key;
  private final Goal goal;
  private final CacheReader cache;
  private final ChangeFeed feed;
  private final Ticker ticker;
  private final Liveness liveness;
  private final Consumer<WaitUpdate> progress;
  private final Cancellation cancellation;
  private final long started;
  private final Duration mayBeAbsent;

  private String uid;
  private boolean seen;
  private Row last;
  private Observation observation;
  private String lastLine;

  Wait(
      WaitRequest request,
      CacheReader cache,
      ChangeFeed feed,
      Ticker ticker,
      Liveness liveness,
      Consumer<WaitUpdate> progress,
      Cancellation cancellation) {
    this.request = request;
    this.key = request.key();
    this.goal = request.goal();
    this.cache = cache;
    this.feed = feed;
    this.ticker = ticker;
    this.liveness = liveness;
    this.progress = progress;
    this.cancellation = cancellation;
    this.started = ticker.nanos() - request.elapsed().toNanos();
    this.uid = request.uid();
    Duration asked = request.existsWithin() == null ? Duration.ZERO : request.existsWithin();
    this.mayBeAbsent = uid.isEmpty() || asked.compareTo(ARRIVAL) > 0 ? asked : ARRIVAL;
  }

  WaitUpdate run() {
    // Subscribed before anything is read, so that nothing is missed in between.
    try (Subscription subscription =
            feed.subscribe(key.identity(), key.kind(), key.namespace(), key.name());
        Registration onLiveness = liveness.onChange(subscription::wake);
        Registration onCancel = cancellation.onCancel(subscription::wake);
        Registration onTimeout = wakeAfter(request.timeout(), subscription);
        Registration onAbsence = wakeAfter(mayBeAbsent, subscription)) {
      Outcome outcome = look();
      while (outcome == Outcome.PENDING) {
        if (isOver(request.timeout())) {
          return ended(
              Outcome.TIMED_OUT,
              "not " + goal + " after " + Ages.of(request.timeout()) + ": " + lastLine);
        }
        Event event = subscription.poll(null);
        if (cancellation.isCancelled()) {
          return ended(Outcome.CANCELLED, "cancelled");
        }
        outcome = event instanceof Event.Changed(Change change) ? changed(change) : look();
      }
      return ended(outcome, sentence(outcome));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ended(Outcome.CANCELLED, "interrupted");
    }
  }

  /** Reads how things are, whatever was heard before. */
  private Outcome look() {
    // First this, then the row: what is read after it was live is true.
    observation = liveness.observe();
    Row row = cache.get(key).orElse(null);
    if (!observation.live()) {
      if (!seen) {
        last = row;
      }
      return pending(line());
    }
    return row == null ? absent() : present(row);
  }

  private Outcome changed(Change change) {
    Row row = change.row();
    if (change.type() != Change.Type.DELETED) {
      return present(row);
    }
    if (!seen || !row.uid().equals(uid)) {
      return look();
    }
    if (goal.isReachedByDeletion()) {
      return Outcome.REACHED;
    }
    return cache.get(key).isPresent() ? Outcome.REPLACED : Outcome.GONE;
  }

  private Outcome present(Row row) {
    if (!uid.isEmpty() && !row.uid().equals(uid)) {
      if (seen && row.isOlderThan(last)) {
        return pending(line()); // it had the name before, which was heard of late
      }
      if (goal.isReachedByDeletion()) {
        return Outcome.REACHED;
      }
      if (seen || isOver(mayBeAbsent)) {
        return Outcome.REPLACED;
      }
      return pending(awaited());
    }
    uid = row.uid();
    seen = true;
    last = row;
    if (goal.isReachedBy(row)) {
      return Outcome.REACHED;
    }
    return goal.isOutOfReachOf(row) ? Outcome.FAILED : pending(line());
  }

  private Outcome absent() {
    if (goal.type() == Goal.Type.DELETED) {
      return Outcome.REACHED;
    }
    if (seen) {
      return goal.isReachedByDeletion() ? Outcome.REACHED : Outcome.GONE;
    }
    last = null;
    return isOver(mayBeAbsent) ? Outcome.GONE : pending(awaited());
  }

  private Outcome pending(String line) {
    if (!line.equals(lastLine)) {
      lastLine = line;
      progress.accept(ended(Outcome.PENDING, line));
    }
    return Outcome.PENDING;
  }

  private WaitUpdate ended(Outcome outcome, String line) {
    return new WaitUpdate(
        outcome, last, line, observation, Duration.ofNanos(ticker.nanos() - started));
  }

  private boolean isOver(Duration time) {
    return time != null && Duration.ofNanos(ticker.nanos() - started).compareTo(time) >= 0;
  }

  private Registration wakeAfter(Duration time, Subscription subscription) {
    if (time == null || time.isZero()) {
      return NOTHING;
    }
    Duration left = time.minus(request.elapsed());
    return ticker.after(left.isNegative() ? Duration.ZERO : left, subscription::wake);
  }

  private String line() {
    String state = last == null ? what() : state(last);
    if (observation.live()) {
      return state;
    }
    return state + " (not known to be so now: " + observation.reason() + ")";
  }

  private String awaited() {
    return "waiting for " + what() + " to appear";
  }

  /** By the caller, at another daemon. */
  private boolean wasSeen() {
    return !uid.isEmpty() && request.elapsed().isPositive();
  }

  private String sentence(Outcome outcome) {
    return switch (outcome) {
      case REACHED -> goal.type() == Goal.Type.DELETED ? what() + " is deleted" : state(last);
      case FAILED -> state(last);
      case GONE -> seen || wasSeen() ? what() + " was deleted" : "there is no " + what();
      case REPLACED -> what() + " was deleted and made anew by somebody else";
      default -> lastLine;
    };
  }

  private static String state(Row row) {
    return row.reason().isEmpty() ? row.state().name() : row.state() + ": " + row.reason();
  }

  private String what() {
    String where = key.namespace().isEmpty() ? "" : " in namespace " + key.namespace();
    return key.kind() + " " + key.name() + where;
  }
}
