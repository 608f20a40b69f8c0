package dev.muster.daemon.sandbox.auth;

import java.util.Set;

/** Who calls. */
public record User(String name) {

  /** A request without a token. */
  public static final User ANONYMOUS = new User("system:anonymous");

  /** The users that have a token, and what they may do: see {@link Access}. */
  public static final Set<String> NAMES = Set.of("admin", "alice", "viewer", "nobody");

  public boolean anonymous() {
    return equals(ANONYMOUS);
  }
}
