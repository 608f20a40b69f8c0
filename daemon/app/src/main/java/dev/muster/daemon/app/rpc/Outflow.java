package dev.muster.daemon.app.rpc;

import dev.muster.daemon.core.Registration;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The answering side of a stream. Sending waits while the client reads slowly, so that a slow
 * terminal costs no memory, and ends at once when the client is gone.
 *
 * @param <T> the message
 */
final class Outflow<T> {
  private final ServerCallStreamObserver<T> observer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Registration> onEnd = new ArrayList<>();
  private boolean cancelled;
  private boolean ended;

  private Outflow(StreamObserver<T> observer) {
    this.observer = (ServerCallStreamObserver<T>) observer;
  }

  /** What is done with a stream; throws what is to become its status. */
  interface Work<T> {
    void run(Outflow<T> out) throws InterruptedException;
  }

  /**
   * Runs the work in a thread of its own: the call's own thread must stay free to tell of readiness
   * and cancellation.
   */
  static <T> void run(StreamObserver<T> observer, Work<T> work) {
    run(new Outflow<>(observer), work);
  }

  /**
   * The same for what may go on for days, and what the client takes up again at another daemon:
   * when this one ends it is told so, and not waited for.
   */
  static <T> void follow(StreamObserver<T> observer, Work<T> work) {
    Outflow<T> out = new Outflow<>(observer);
    out.whileOpen(EndInterceptor.end().onCancel(out::end));
    run(out, work);
  }

  private static <T> void run(Outflow<T> out, Work<T> work) {
    out.observer.setOnReadyHandler(() -> out.wake(false));
    out.observer.setOnCancelHandler(() -> out.wake(true));
    Thread.ofVirtual().name("stream").start(() -> out.work(work));
  }

  /** Something to be closed when the call ends, also when the client just went away. */
  <R extends Registration> R whileOpen(R registration) {
    lock.lock();
    try {
      onEnd.add(registration);
      if (cancelled || ended) {
        registration.close();
      }
    } finally {
      lock.unlock();
    }
    return registration;
  }

  /** Throws CancellationException when the client is gone. */
  void send(T message) throws InterruptedException {
    lock.lock();
    try {
      while (!cancelled && !ended && !observer.isReady()) {
        changed.await();
      }
      if (cancelled || ended) {
        throw new CancellationException("the client is gone");
      }
    } finally {
      lock.unlock();
    }
    observer.onNext(message);
  }

  /** The same where an interruption has to be told as a cancellation. */
  void tell(T message) {
    try {
      send(message);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /** Whether it is of no use to go on: the client is gone, or the daemon ends. */
  boolean isCancelled() {
    lock.lock();
    try {
      return cancelled || ended;
    } finally {
      lock.unlock();
    }
  }

  private void work(Work<T> work) {
    try {
      work.run(this);
      if (!isEnded()) {
        observer.onCompleted();
      }
    } catch (CancellationException | InterruptedException e) {
      // Nobody is left to be told, but for the end of the daemon.
    } catch (RuntimeException | Error e) {
      if (!isCancelled()) {
        observer.onError(Statuses.of(e));
      }
    } finally {
      if (isEnded()) {
        observer.onError(Statuses.ending());
      }
      closeAll();
    }
  }

  private boolean isEnded() {
    lock.lock();
    try {
      return ended && !cancelled;
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    closeAll();
  }

  private void wake(boolean cancel) {
    lock.lock();
    try {
      cancelled |= cancel;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (cancel) {
      closeAll();
    }
  }

  private void closeAll() {
    List<Registration> open;
    lock.lock();
    try {
      open = List.copyOf(onEnd);
      onEnd.clear();
    } finally {
      lock.unlock();
    }
    open.forEach(Registration::close);
  }
}
