package dev.muster.daemon.app.rpc;

import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** Answers a unary call: a value or one status, never both. */
final class Replies {
  private Replies() {}

  static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
    T reply;
    try {
      reply = work.get();
    } catch (RuntimeException | Error e) {
      observer.onError(Statuses.of(e));
      return;
    }
    observer.onNext(reply);
    observer.onCompleted();
  }
}
