package dev.muster.daemon.kubernetes.reach;

import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.clients.ApiException;
import dev.muster.daemon.kubernetes.clients.ApiFailures;
import dev.muster.daemon.kubernetes.clients.UnreachableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A web socket to a pod through the API server, which carries several streams: the first byte of
 * each message is the number of its stream (the subprotocol "v4.channel.k8s.io" of kubelets). One
 * thread receives, one sends.
 */
final class PodSocket implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final byte[] END = new byte[0];

  private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
  private WebSocket socket;

  private PodSocket() {}

  /**
   * Connects.
   *
   * @param path with the query
   * @param doing such as "forward a port of the pod demo-head", for messages
   * @param resource such as "pods/portforward"
   * @throws Failure with a sentence if the server does not let it through
   */
  static PodSocket open(ApiClient client, String path, String doing, String resource) {
    PodSocket opened = new PodSocket();
    WebSocket.Builder builder =
        client
            .direct()
            .newWebSocketBuilder()
            .subprotocols("v4.channel.k8s.io")
            .connectTimeout(CONNECT);
    client.credentials().forEach(builder::header);
    URI uri = URI.create(client.access().server().replaceFirst("^http", "ws") + path);
    try {
      opened.socket =
          builder
              .buildAsync(uri, opened.new Receiver())
              .get(CONNECT.toMillis() + 1000, TimeUnit.MILLISECONDS);
      return opened;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Failure.Kind.NO_ANSWER, "Interrupted.", e);
    } catch (TimeoutException | ExecutionException e) {
      throw refusal(client, path, doing, resource, e);
    }
  }

  /** A refused web socket has no words; the same request without one has the server's. */
  private static Failure refusal(
      ApiClient client, String path, String doing, String resource, Exception cause) {
    try {
      client.get(path);
    } catch (ApiException | UnreachableException e) {
      if (!(e instanceof ApiException answer && answer.code() == 400)) {
        return ApiFailures.of(e, client.access(), doing, resource);
      }
      cause.addSuppressed(e);
    }
    return new Failure(
        Failure.Kind.NO_ANSWER,
        "Cannot " + doing + ": " + client.access().server() + " lets no web socket through.",
        cause);
  }

  /**
   * The next message with its stream's number before it.
   *
   * @return null when there are no more
   */
  byte[] receive() {
    try {
      byte[] next = received.take();
      if (next == END) {
        received.add(END);
        return null;
      }
      socket.request(1);
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /**
   * @throws IOException if the other end is gone
   */
  void send(int stream, byte[] bytes, int length) throws IOException {
    ByteBuffer message = ByteBuffer.allocate(length + 1);
    message.put((byte) stream).put(bytes, 0, length).flip();
    try {
      socket.sendBinary(message, true).join();
    } catch (CompletionException e) {
      throw new IOException("the pod is gone", e);
    }
  }

  @Override
  public void close() {
    socket.abort();
    received.add(END);
  }

  private final class Receiver implements WebSocket.Listener {
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      parts.write(bytes, 0, bytes.length);
      if (last) {
        received.add(parts.toByteArray());
        parts.reset();
      } else {
        from.request(1);
      }
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      received.add(END);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      received.add(END);
    }
  }
}
