package dev.muster.daemon.app.rpc;

import dev.muster.proto.BuildInfo;
import dev.muster.proto.Wire;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/**
 * Answers a caller of another protocol before anything is done. Stop is always answered: it is how
 * an old daemon makes room for a new one.
 */
public final class VersionInterceptor implements ServerInterceptor {
  private final BuildInfo mine;

  public VersionInterceptor(BuildInfo mine) {
    this.mine = mine;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String protocol = headers.get(Wire.PROTOCOL);
    boolean stop = call.getMethodDescriptor().getFullMethodName().endsWith(".Control/Stop");
    if (!stop && !Integer.toString(mine.protocol()).equals(protocol)) {
      call.close(
          Status.FAILED_PRECONDITION.withDescription(
              "the running daemon is muster %s (protocol %d) and does not understand this command (protocol %s); run: muster daemon restart"
                  .formatted(mine.version(), mine.protocol(), protocol)),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }
    return next.startCall(call, headers);
  }
}
