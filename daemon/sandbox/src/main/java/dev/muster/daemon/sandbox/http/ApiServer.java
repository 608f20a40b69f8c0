package dev.muster.daemon.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.muster.daemon.sandbox.api.Answer;
import dev.muster.daemon.sandbox.api.ApiException;
import dev.muster.daemon.sandbox.api.Call;
import dev.muster.daemon.sandbox.api.Failures;
import dev.muster.daemon.sandbox.api.KubernetesApi;
import dev.muster.daemon.sandbox.auth.Certificates;
import dev.muster.daemon.sandbox.auth.Tokens;
import dev.muster.daemon.sandbox.auth.User;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The HTTPS front on 127.0.0.1: reads requests, says who sends them, and carries answers back. One
 * virtual thread a request.
 */
public final class ApiServer implements AutoCloseable {

  /** The limit of a real server. */
  private static final int BODY_LIMIT = 3 * 1024 * 1024;

  static {
    // The JDK's server reads these once. Without the first, small answers wait for 40 ms each.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
  }

  private final KubernetesApi api;
  private final Tokens tokens;
  private final Audit audit;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpsServer server;

  /**
   * Starts to listen.
   *
   * @param port 0 for a free one
   */
  public ApiServer(
      KubernetesApi api, Tokens tokens, Audit audit, Certificates certificates, int port)
      throws IOException {
    this.api = api;
    this.tokens = tokens;
    this.audit = audit;
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    server = HttpsServer.create(new InetSocketAddress(loopback, port), 1024);
    server.setHttpsConfigurator(new HttpsConfigurator(certificates.context()));
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    if (exchange.getRequestHeaders().containsKey("Upgrade")) {
      // No web sockets here: a client that gets a plain 200 watches over plain HTTP instead.
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
      return;
    }
    Answer answer;
    try {
      answer = answer(exchange);
    } catch (ApiException e) {
      answer = Answer.json(e.code(), e.status());
    }
    switch (answer) {
      case Answer.Whole whole -> send(exchange, whole);
      case Answer.Stream stream -> send(exchange, stream);
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String query = exchange.getRequestURI().getRawQuery();
    String body = body(exchange);
    User user =
        tokens
            .authenticate(exchange.getRequestHeaders().getFirst("Authorization"))
            .orElseGet(() -> unauthorized(exchange, path));
    audit.add(
        user.name()
            + " "
            + exchange.getRequestMethod()
            + " "
            + path
            + (query == null ? "" : "?" + query));
    return api.answer(
        new Call(
            user,
            exchange.getRequestMethod(),
            Query.decode(path),
            Query.parse(query),
            mediaType(exchange),
            agent(exchange),
            body));
  }

  private User unauthorized(HttpExchange exchange, String path) {
    audit.add("- " + exchange.getRequestMethod() + " " + path);
    throw Failures.unauthorized();
  }

  private static String mediaType(HttpExchange exchange) {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    return type == null ? "" : type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
  }

  private static String agent(HttpExchange exchange) {
    String agent = exchange.getRequestHeaders().getFirst("User-Agent");
    return agent == null ? "" : agent;
  }

  private static String body(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readNBytes(BODY_LIMIT + 1);
    if (bytes.length > BODY_LIMIT) {
      throw Failures.tooLarge(BODY_LIMIT);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, Answer.Whole answer) throws IOException {
    ByteArrayOutputStream buffer = new ByteArrayOutputStream(4096);
    answer.body().writeTo(buffer);
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    for (String warning : answer.warnings()) {
      String quoted = warning.replace("\\", "\\\\").replace("\"", "\\\"");
      exchange.getResponseHeaders().add("Warning", "299 - \"" + quoted + "\"");
    }
    exchange.sendResponseHeaders(answer.code(), buffer.size());
    try (OutputStream out = exchange.getResponseBody()) {
      buffer.writeTo(out);
    }
  }

  /** An exception that leaves here makes the JDK's server cut the connection, as it should. */
  private static void send(HttpExchange exchange, Answer.Stream answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), 32 * 1024);
    answer.body().writeTo(out);
    out.flush();
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
