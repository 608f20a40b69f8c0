package dev.muster.daemon.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.daemon.sandbox.net.Relay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Answers like a dashboard that is asked for its version, and remembers who asked how. */
final class StandInDashboard implements AutoCloseable {
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final Relay relay;
  private volatile int code = 200;

  StandInDashboard() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    relay = Relay.to(port());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      seen.add(
          exchange.getRequestURI()
              + " Authorization="
              + exchange.getRequestHeaders().getFirst("Authorization")
              + " X-Ray-Authorization="
              + exchange.getRequestHeaders().getFirst("X-Ray-Authorization"));
      byte[] text = "{\"ray_version\":\"2.60.0\"}".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(code, text.length);
      exchange.getResponseBody().write(text);
    }
  }

  void answerWith(int status) {
    code = status;
  }

  private int port() {
    return server.getAddress().getPort();
  }

  /** What a simulated pod can listen on. */
  UnixDomainSocketAddress socket() {
    return relay.socket();
  }

  String address() {
    return "http://127.0.0.1:" + port();
  }

  /** "PATH Authorization=… X-Ray-Authorization=…" of each request. */
  List<String> seen() {
    return seen;
  }

  @Override
  public void close() {
    relay.close();
    server.stop(0);
  }
}
