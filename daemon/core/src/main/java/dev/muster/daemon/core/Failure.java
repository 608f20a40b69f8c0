package dev.muster.daemon.core;

import java.util.Objects;

/**
 * An operation that cannot be done, said in one sentence for the person who asked: what is wrong,
 * where, what to do. It never carries a secret.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What a script must be able to tell apart; the command maps each to one exit code. */
  public enum Kind {
    /** The remote system refused or failed (exit 1). */
    FAILED,
    /** It is there already (exit 1). */
    EXISTS,
    /** The request makes no sense: a bad option, name, quantity or file (exit 2). */
    USAGE,
    /** There is none, and a live watch or the server itself says so (exit 3). */
    NOT_FOUND,
    /** Not logged in: no, expired or refused credentials (exit 4). */
    NOT_LOGGED_IN,
    /** Logged in, but not allowed (exit 4). */
    FORBIDDEN,
    /** No answer to be had: unreachable, nothing cached, or older than asked for (exit 6). */
    NO_ANSWER
  }

  private final Kind kind;

  public Failure(Kind kind, String sentence) {
    this(kind, sentence, null);
  }

  public Failure(Kind kind, String sentence, Throwable cause) {
    super(sentence, cause);
    this.kind = Objects.requireNonNull(kind, "kind is null");
  }

  /** Of the kind {@link Kind#USAGE}. */
  public static Failure usage(String sentence) {
    return new Failure(Kind.USAGE, sentence);
  }

  public Kind kind() {
    return kind;
  }
}
