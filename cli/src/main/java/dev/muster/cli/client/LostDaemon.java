package dev.muster.cli.client;

import dev.muster.proto.LogTail;
import dev.muster.proto.Places;
import dev.muster.proto.Wire;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** What became of a daemon that a call broke off with. */
public enum LostDaemon {
  /** It is there: what the call says is its answer. */
  NOT_LOST,
  /** It was told to end, and said so. */
  STOPPED,
  /** The connection broke. */
  GONE,
  /** It runs, as far as can be seen, and answers nobody. */
  SILENT;

  /** How gRPC begins to say that the daemon did not answer when asked whether it lives. */
  private static final String UNANSWERED = "Keepalive failed";

  /** How gRPC begins to say that the socket was closed. */
  private static final String BROKEN = "Network closed";

  public static LostDaemon of(StatusRuntimeException failure) {
    Metadata trailers = failure.getTrailers();
    return trailers != null && trailers.containsKey(Wire.ENDING)
        ? STOPPED
        : of(failure.getStatus());
  }

  private static LostDaemon of(Status status) {
    if (status.getCode() != Status.Code.UNAVAILABLE) {
      return NOT_LOST;
    }
    String said = status.getDescription();
    if (said != null && said.startsWith(UNANSWERED)) {
      return SILENT;
    }
    boolean broken = said == null || status.getCause() != null || said.startsWith(BROKEN);
    return broken ? GONE : NOT_LOST;
  }

  /** For people; of one that is lost. */
  public String sentence(Places places) {
    String log = "; its log is " + places.log();
    boolean memory =
        LogTail.last(places.output(), 3).stream()
            .anyMatch(line -> line.contains("OutOfMemoryError"));
    if (memory) {
      return "the daemon ran out of memory and ended, the next command starts another" + log;
    }
    return switch (this) {
      case SILENT -> "the daemon no longer answers" + log;
      case STOPPED -> "the daemon was stopped" + log;
      default -> "the connection to the daemon was lost" + log;
    };
  }
}
