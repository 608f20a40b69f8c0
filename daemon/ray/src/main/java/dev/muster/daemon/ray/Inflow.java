package dev.muster.daemon.ray;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An answer's body, taken piece by piece by one thread. A few pieces are asked for ahead, and one
 * more when one was taken: they come while that is used, a slow reader slows the server down, and
 * memory is bounded.
 */
final class Inflow implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {
  private sealed interface Event {}

  private record Piece(List<ByteBuffer> bytes) implements Event {}

  private record Broken(Throwable why) implements Event {}

  private enum Mark implements Event {
    END,
    CLOSED
  }

  /** Of some 16 KiB each, as the JDK reads them. */
  private static final int AHEAD = 16;

  /** Holds at most what was asked for, and an end. */
  private final BlockingQueue<Event> inbox = new LinkedBlockingQueue<>();

  private Flow.Subscription subscription;
  private boolean begun;

  @Override
  public synchronized void onSubscribe(Flow.Subscription given) {
    subscription = given;
  }

  @Override
  public void onNext(List<ByteBuffer> bytes) {
    inbox.add(new Piece(bytes));
  }

  @Override
  public void onError(Throwable why) {
    inbox.add(new Broken(why));
  }

  @Override
  public void onComplete() {
    inbox.add(Mark.END);
  }

  /**
   * The next piece; null at the end.
   *
   * @throws HttpTimeoutException if nothing comes for so long
   * @throws CancellationException if it was closed
   */
  List<ByteBuffer> next(Duration patience) throws IOException {
    ask();
    return switch (poll(patience)) {
      case null -> throw new HttpTimeoutException("nothing came for " + Words.of(patience));
      case Piece(List<ByteBuffer> bytes) -> bytes;
      case Broken(Throwable why) -> throw new IOException(why.getMessage(), why);
      case Mark.END -> null;
      case Mark.CLOSED -> throw new CancellationException("reading was cancelled");
    };
  }

  /** Whether the next piece is there. */
  boolean isMore() {
    return inbox.peek() instanceof Piece;
  }

  private Event poll(Duration patience) {
    try {
      return inbox.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Mark.CLOSED;
    }
  }

  private synchronized void ask() {
    if (subscription != null) {
      subscription.request(begun ? 1 : AHEAD);
      begun = true;
    }
  }

  @Override
  public synchronized void close() {
    if (subscription != null) {
      subscription.cancel();
    }
    inbox.add(Mark.CLOSED);
  }
}
