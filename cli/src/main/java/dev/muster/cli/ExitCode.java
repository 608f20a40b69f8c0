package dev.muster.cli;

import dev.muster.v1.WaitUpdate;
import io.grpc.Status;

/**
 * What the process ends with: the contract with scripts, in one place ({@code muster help
 * exit-codes}).
 */
public enum ExitCode {
  DONE(0),
  /** The operation, or what was waited for, failed; or it is there already. */
  FAILED(1),
  /** A bad command line, a bad file, or a local file in the way. */
  USAGE(2),
  NOT_FOUND(3),
  /** Not logged in, or not allowed. */
  NOT_ALLOWED(4),
  /** The wait's time ran out. */
  TIMED_OUT(5),
  /** The daemon or the remote system cannot be reached and nothing recent enough is known. */
  NO_ANSWER(6),
  INTERRUPTED(130);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** Of a call that the daemon refused. */
  public static ExitCode of(Status.Code code) {
    return switch (code) {
      case OK -> DONE;
      case INVALID_ARGUMENT, OUT_OF_RANGE -> USAGE;
      case NOT_FOUND -> NOT_FOUND;
      case UNAUTHENTICATED, PERMISSION_DENIED -> NOT_ALLOWED;
      case UNAVAILABLE, DEADLINE_EXCEEDED -> NO_ANSWER;
      case CANCELLED -> INTERRUPTED;
      default -> FAILED;
    };
  }

  /** Of a wait that ended. An outcome that this build does not know is a failure. */
  public static ExitCode of(WaitUpdate.Outcome outcome) {
    return switch (outcome) {
      case REACHED -> DONE;
      case GONE -> NOT_FOUND;
      case TIMED_OUT -> TIMED_OUT;
      default -> FAILED;
    };
  }
}
