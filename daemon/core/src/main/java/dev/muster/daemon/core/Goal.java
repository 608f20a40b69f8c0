package dev.muster.daemon.core;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What is waited for.
 *
 * @param type ready, deleted or a state
 * @param state the state, for that type; null otherwise
 */
public record Goal(Type type, State state) {
  /** It can be used: {@link Row#ready}. */
  public static final Goal READY = new Goal(Type.READY, null);

  /** It is not there any more. */
  public static final Goal DELETED = new Goal(Type.DELETED, null);

  public enum Type {
    READY,
    DELETED,
    STATE
  }

  public static Goal of(State state) {
    return new Goal(Type.STATE, state);
  }

  /**
   * Reads "ready", "deleted" or the name of a state, in any case; empty is "ready".
   *
   * @throws Failure {@link Failure.Kind#USAGE} for anything else
   */
  public static Goal parse(String text) {
    String word = text.strip().toUpperCase(Locale.ROOT);
    if (word.isEmpty() || word.equals("READY")) {
      return READY;
    }
    if (word.equals("DELETED")) {
      return DELETED;
    }
    for (State state : State.values()) {
      if (state.name().equals(word)) {
        return of(state);
      }
    }
    throw new Failure(
        Failure.Kind.USAGE,
        "\"%s\" cannot be waited for: say ready, deleted or one of %s."
            .formatted(
                text,
                Arrays.stream(State.values())
                    .filter(state -> state != State.READY)
                    .map(state -> state.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "))));
  }

  /**
   * Whether a resource in that state has reached it, or is past it: a state that was passed quickly
   * counts.
   */
  boolean isReachedBy(Row row) {
    return switch (type) {
      case READY -> row.ready();
      case DELETED -> false;
      case STATE -> row.state() == state || isPast(row.state());
    };
  }

  /** Whether nothing can come of it any more. Nothing is too late for a deletion. */
  boolean isOutOfReachOf(Row row) {
    boolean terminal =
        switch (row.state()) {
          case SUCCEEDED, FAILED, STOPPED -> true;
          default -> false;
        };
    return terminal && type != Type.DELETED && !isReachedBy(row);
  }

  /** Whether its going away is the goal, or past it. */
  boolean isReachedByDeletion() {
    return type == Type.DELETED || state == State.TERMINATING;
  }

  /** As the rest of "not ... after 5m". */
  @Override
  public String toString() {
    return (type == Type.STATE ? state.name() : type.name()).toLowerCase(Locale.ROOT);
  }

  private boolean isPast(State now) {
    if (state == State.SUSPENDING) {
      return now == State.SUSPENDED;
    }
    return step(state) > 0 && step(now) >= step(state);
  }

  /**
   * How far along the way to success; 0: not on it. READY and RUNNING are one step: which it is
   * depends on the kind.
   */
  private static int step(State state) {
    return switch (state) {
      case QUEUED -> 1;
      case STARTING -> 2;
      case READY, RUNNING -> 3;
      case SUCCEEDED -> 4;
      case SUSPENDING, SUSPENDED, FAILED, STOPPED, TERMINATING, UNKNOWN -> 0;
    };
  }
}
