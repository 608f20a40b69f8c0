package dev.muster.daemon.ray;

import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Registration;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ray's tail of a log: a web socket that sends the log from its beginning in frames of text, and
 * then what is added. A few parts of frames are asked for ahead, and one more when one was used:
 * the next ones come while that is shown, and a slow reader slows the server down. The JDK's web
 * socket offers no permessage-deflate, and that is needed: with it Ray's tail breaks.
 */
final class LogTail implements WebSocket.Listener, AutoCloseable {
  /**
   * The next of a tail.
   *
   * @param text in UTF-8
   * @param end whether nothing comes any more
   */
  record Part(ByteBuffer text, boolean end) {
    private static final Part END = new Part(ByteBuffer.allocate(0), true);
  }

  /** Of at most 16 KiB each, as the JDK reads them. */
  private static final int AHEAD = 16;

  /** Holds at most what was asked for, and an end. */
  private final BlockingQueue<Part> inbox = new LinkedBlockingQueue<>();

  private WebSocket socket;

  /** How many parts the last text was. */
  private int taken;

  private Registration watch;

  /** The first half of a character whose other half is in the next part of a frame. */
  private String half = "";

  private LogTail() {}

  /** There is none to be had. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    /** HTTP's, of what answered; 0 if nothing did. */
    final int status;

    Refused(int status, Throwable why) {
      super(why);
      this.status = status;
    }
  }

  static LogTail open(
      RayEndpoint endpoint, String path, Duration patience, Cancellation cancellation)
      throws Refused {
    LogTail tail = new LogTail();
    WebSocket.Builder builder = endpoint.http().newWebSocketBuilder().connectTimeout(patience);
    endpoint.headers().get().forEach(builder::header);
    // http becomes ws, https becomes wss.
    URI uri = URI.create("ws" + endpoint.base().toString().substring("http".length()) + path);
    CompletableFuture<WebSocket> opening = builder.buildAsync(uri, tail);
    try (Registration whileOpening = cancellation.onCancel(() -> opening.cancel(true))) {
      tail.socket = opening.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new Refused(
          e.getCause() instanceof WebSocketHandshakeException refused
              ? refused.getResponse().statusCode()
              : 0,
          e.getCause());
    } catch (TimeoutException e) {
      opening.cancel(true);
      throw new Refused(0, e);
    } catch (InterruptedException e) {
      opening.cancel(true);
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
    tail.watch = cancellation.onCancel(() -> tail.inbox.add(Part.END));
    return tail;
  }

  /**
   * What comes next, several parts in one if they are there: Ray sends ten lines a frame, and each
   * piece costs all who hand it on. Null if none comes in this time.
   */
  Part next(Duration wait) {
    try {
      Part first = inbox.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
      taken = 1;
      return first == null || first.end() ? first : joined(first);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  private Part joined(Part first) {
    List<ByteBuffer> texts = new ArrayList<>(List.of(first.text()));
    for (Part more = inbox.peek(); more != null && !more.end(); more = inbox.peek()) {
      texts.add(inbox.remove().text());
    }
    taken = texts.size();
    if (taken == 1) {
      return first;
    }
    ByteBuffer whole = ByteBuffer.allocate(texts.stream().mapToInt(ByteBuffer::remaining).sum());
    texts.forEach(whole::put);
    return new Part(whole.flip(), false);
  }

  /** The last text was used. */
  void more() {
    socket.request(taken);
  }

  /**
   * Finds out whether the other side is gone: the JDK's web socket does not tell it when that
   * happens while no frame is asked for.
   */
  void probe() {
    var unused =
        socket
            .sendPing(ByteBuffer.allocate(0))
            .whenComplete(
                (sent, failed) -> {
                  if (failed != null) {
                    inbox.add(Part.END);
                  }
                });
  }

  @Override
  public void onOpen(WebSocket from) {
    from.request(AHEAD);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    String text = half.isEmpty() ? data.toString() : half + data;
    boolean cut = !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
    half = cut ? text.substring(text.length() - 1) : "";
    String whole = cut ? text.substring(0, text.length() - 1) : text;
    // Not a charset's encode(): that goes through it character by character.
    inbox.add(new Part(ByteBuffer.wrap(whole.getBytes(StandardCharsets.UTF_8)), false));
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    inbox.add(Part.END);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable why) {
    inbox.add(Part.END);
  }

  @Override
  public void close() {
    watch.close();
    socket.abort();
  }
}
