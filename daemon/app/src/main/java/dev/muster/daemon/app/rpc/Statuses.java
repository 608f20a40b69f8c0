package dev.muster.daemon.app.rpc;

import dev.muster.daemon.core.Failure;
import dev.muster.proto.Wire;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jboss.logging.Logger;

/**
 * The one place where a failure becomes a gRPC status; the command maps the code to its exit code.
 */
final class Statuses {
  private static final Logger LOG = Logger.getLogger(Statuses.class);

  private Statuses() {}

  /** Of a stream that the client may take up again at the next daemon. */
  static StatusRuntimeException ending() {
    Metadata trailers = new Metadata();
    trailers.put(Wire.ENDING, "true");
    return Status.UNAVAILABLE
        .withDescription("the daemon was stopped")
        .asRuntimeException(trailers);
  }

  static StatusRuntimeException of(Throwable failure) {
    if (failure instanceof StatusRuntimeException status) {
      return status;
    }
    if (failure instanceof Failure known) {
      return code(known.kind())
          .withDescription(known.getMessage())
          .asRuntimeException(detail(known.getCause()));
    }
    LOG.error("a call failed in a way that nobody expected", failure);
    return Status.INTERNAL
        .withDescription(
            "the daemon failed in a way that nobody expected (%s); see: muster daemon log"
                .formatted(failure.getClass().getSimpleName()))
        .asRuntimeException();
  }

  /**
   * What another system said in several lines, of which the sentence is one: for who asks for more.
   */
  private static Metadata detail(Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      String text = String.valueOf(at.getMessage());
      if (text.strip().contains("\n")) {
        Metadata trailers = new Metadata();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int from = Math.max(0, bytes.length - Wire.MAX_DETAIL_BYTES);
        trailers.put(Wire.DETAIL, Arrays.copyOfRange(bytes, from, bytes.length));
        return trailers;
      }
    }
    return null;
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
