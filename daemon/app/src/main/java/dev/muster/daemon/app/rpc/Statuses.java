package dev.muster.daemon.app.rpc;

import dev.muster.daemon.core.Failure;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.jboss.logging.Logger;

/**
 * The one place where a failure becomes a gRPC status; the command maps the code to its exit code.
 */
final class Statuses {
  private static final Logger LOG = Logger.getLogger(Statuses.class);

  private Statuses() {}

  static StatusRuntimeException of(Throwable failure) {
    if (failure instanceof StatusRuntimeException status) {
      return status;
    }
    if (failure instanceof Failure known) {
      return code(known.kind()).withDescription(known.getMessage()).asRuntimeException();
    }
    LOG.error("a call failed in a way that nobody expected", failure);
    return Status.INTERNAL
        .withDescription(
            "the daemon failed in a way that nobody expected (%s); see: muster daemon log"
                .formatted(failure.getClass().getSimpleName()))
        .asRuntimeException();
  }

  private static Status code(Failure.Kind kind) {
    return switch (kind) {
      case FAILED -> Status.ABORTED;
      case EXISTS -> Status.ALREADY_EXISTS;
      case USAGE -> Status.INVALID_ARGUMENT;
      case NOT_FOUND -> Status.NOT_FOUND;
      case NOT_LOGGED_IN -> Status.UNAUTHENTICATED;
      case FORBIDDEN -> Status.PERMISSION_DENIED;
      case NO_ANSWER -> Status.UNAVAILABLE;
    };
  }
}
