package dev.muster.daemon.kubernetes.appwrapper;

import dev.muster.daemon.core.State;

/**
 * How the RayCluster inside an AppWrapper is by itself.
 *
 * @param state in our vocabulary
 * @param ready whether it can be used
 * @param reason why not
 */
public record Wrapped(State state, boolean ready, String reason) {
  /** It is not known whether there is one. */
  public static final Wrapped NONE = new Wrapped(State.UNKNOWN, false, "");

  /** There is none, yet or any more. */
  public static final Wrapped ABSENT =
      new Wrapped(State.STARTING, false, "its RayCluster does not exist");
}
