package dev.muster.daemon.sandbox.http;

import dev.muster.daemon.sandbox.api.Answer;
import dev.muster.daemon.sandbox.api.ApiException;
import dev.muster.daemon.sandbox.api.Call;
import dev.muster.daemon.sandbox.api.Failures;
import dev.muster.daemon.sandbox.api.KubernetesApi;
import dev.muster.daemon.sandbox.api.Passage;
import dev.muster.daemon.sandbox.api.Passages;
import dev.muster.daemon.sandbox.auth.Certificates;
import dev.muster.daemon.sandbox.auth.User;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The HTTPS front on 127.0.0.1: reads requests, says who sends them, and carries answers back. One
 * virtual thread a connection.
 */
public final class ApiServer implements AutoCloseable {

  /** The limit of a real server. */
  private static final int BODY_LIMIT = 3 * 1024 * 1024;

  private static final Map<String, List<String>> JSON =
      Map.of("Content-Type", List.of("application/json"));

  private final KubernetesApi api;
  private final Passages passages;
  private final Callers callers;
  private final PodStreams streams;
  private final Listener listener;

  /**
   * Starts to listen.
   *
   * @param streams what is done in pods
   * @param port 0 for a free one
   */
  public ApiServer(
      KubernetesApi api,
      Passages passages,
      Callers callers,
      PodStreams streams,
      Certificates certificates,
      int port)
      throws IOException {
    this.api = api;
    this.passages = passages;
    this.callers = callers;
    this.streams = streams;
    this.listener = new Listener(certificates.context(), port, this::serve);
  }

  public int port() {
    return listener.port();
  }

  /** Requests one after the other, until one ends the connection. */
  private void serve(Connection connection) {
    try {
      while (connection.take() instanceof HttpRequest request) {
        Exchange exchange = new Exchange(connection, request);
        if (request.decoderResult().isFailure()) {
          exchange.send(400, Map.of("Connection", List.of("close")), new byte[0]);
          break;
        }
        handle(exchange);
        if (!exchange.isReusable()) {
          return;
        }
      }
    } catch (IOException e) {
      // The client is gone, or is told so by the cut.
      connection.close();
    }
    connection.close();
  }

  private void handle(Exchange exchange) throws IOException {
    Answer answer;
    try {
      User user = callers.of(exchange);
      Optional<Passage> passage =
          passages.find(
              user,
              exchange.method(),
              exchange.rawPath(),
              new QueryStringDecoder(exchange.uri()).parameters(),
              exchange.isUpgrade());
      if (passage.isPresent()) {
        pass(exchange, passage.get());
        return;
      }
      if (exchange.isUpgrade()) {
        // No web sockets here: a client that gets a plain 200 watches over plain HTTP instead.
        exchange.send(200, Map.of(), new byte[0]);
        return;
      }
      answer = answer(exchange, user);
    } catch (ApiException e) {
      answer = Answer.json(e.code(), e.status());
    }
    switch (answer) {
      case Answer.Whole whole -> send(exchange, whole);
      case Answer.Stream stream -> send(exchange, stream);
    }
  }

  private void pass(Exchange exchange, Passage passage) throws IOException {
    switch (passage) {
      case Passage.ToService to -> ServiceProxy.serve(exchange, to);
      case Passage.ToPorts to -> streams.forward(exchange, to);
      case Passage.ToCommand to -> streams.run(exchange, to);
      case Passage.ToLog to -> streams.log(exchange, to);
    }
  }

  private Answer answer(Exchange exchange, User user) throws IOException {
    return api.answer(
        new Call(
            user,
            exchange.method(),
            Query.decode(exchange.rawPath()),
            Query.parse(exchange.rawQuery()),
            mediaType(exchange),
            agent(exchange),
            body(exchange)));
  }

  private static String mediaType(Exchange exchange) {
    String type = exchange.header("Content-Type");
    return type == null ? "" : type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
  }

  private static String agent(Exchange exchange) {
    String agent = exchange.header("User-Agent");
    return agent == null ? "" : agent;
  }

  private static String body(Exchange exchange) throws IOException {
    byte[] bytes = exchange.body().readNBytes(BODY_LIMIT + 1);
    if (bytes.length > BODY_LIMIT) {
      throw Failures.tooLarge(BODY_LIMIT);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void send(Exchange exchange, Answer.Whole answer) throws IOException {
    ByteArrayOutputStream buffer = new ByteArrayOutputStream(4096);
    answer.body().writeTo(buffer);
    Map<String, List<String>> headers = new TreeMap<>();
    headers.put("Content-Type", List.of(answer.contentType()));
    if (!answer.warnings().isEmpty()) {
      headers.put("Warning", answer.warnings().stream().map(ApiServer::warning).toList());
    }
    exchange.send(answer.code(), headers, buffer.toByteArray());
  }

  private static String warning(String text) {
    return "299 - \"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** An exception that leaves here cuts the connection, as it should. */
  private static void send(Exchange exchange, Answer.Stream answer) throws IOException {
    exchange.connection().whenGone(() -> {});
    OutputStream out = new BufferedOutputStream(exchange.stream(200, JSON), 32 * 1024);
    answer.body().writeTo(out);
    out.close();
  }

  @Override
  public void close() {
    listener.close();
  }
}
