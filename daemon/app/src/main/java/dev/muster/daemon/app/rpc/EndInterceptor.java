package dev.muster.daemon.app.rpc;

import dev.muster.daemon.core.Cancellation;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Lets every call know when the daemon ends. */
public final class EndInterceptor implements ServerInterceptor {
  private static final Context.Key<Cancellation> END = Context.key("end");

  private final Cancellation end;

  /**
   * @param end cancelled when the daemon ends
   */
  public EndInterceptor(Cancellation end) {
    this.end = end;
  }

  /** Of the daemon that answers the call of this thread. */
  static Cancellation end() {
    Cancellation end = END.get();
    return end == null ? new Cancellation() : end;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return Contexts.interceptCall(Context.current().withValue(END, end), call, headers, next);
  }
}
