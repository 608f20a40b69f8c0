package dev.muster.daemon.kubernetes.jobs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.clients.ApiClients;
import dev.muster.daemon.kubernetes.contexts.Access;
import dev.muster.daemon.kubernetes.contexts.ExecPlugins;
import dev.muster.daemon.kubernetes.contexts.Login;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** An API server that has pods and their logs, as a test says, and nothing else. */
final class PodServer implements AutoCloseable {
  /** Ends an answer as a broken connection does. */
  static final String BROKEN = "<broken>";

  final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  /** By name. */
  private final Map<String, String> pods = Collections.synchronizedMap(new LinkedHashMap<>());

  /** What each reading of a pod's log gives; the last one stays. */
  private final Map<String, Deque<String>> logs = new ConcurrentHashMap<>();

  private final ApiClients clients =
      new ApiClients(new ExecPlugins(Clock.systemUTC(), Duration.ofSeconds(1)));
  private final HttpServer server;

  /** What every request is answered with, if it is not 200. */
  volatile int code = 200;

  PodServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  ApiClient client() {
    return clients.get(
        new Access(
            "here",
            "a kubeconfig",
            "http://127.0.0.1:" + server.getAddress().getPort(),
            "",
            false,
            "",
            "",
            Login.ANONYMOUS,
            Map.of(),
            "",
            "",
            "me",
            "digest"));
  }

  /**
   * @param rank empty for none
   * @param phase such as "Running"
   */
  void pod(String name, String uid, String rank, String phase) {
    pods.put(
        name,
        """
        {"metadata": {"name": "%s", "uid": "%s", "labels": {%s}},
         "spec": {"containers": [{"name": "main"}]}, "status": {"phase": "%s"}}
        """
            .formatted(
                name,
                uid,
                rank.isEmpty() ? "" : "\"torchx.pytorch.org/replica-id\": \"" + rank + "\"",
                phase));
  }

  void remove(String name) {
    pods.remove(name);
  }

  void logs(String pod, String... readings) {
    logs.put(pod, new ArrayDeque<>(List.of(readings)));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      requests.add(path + "?" + exchange.getRequestURI().getQuery());
      String name = path.replaceFirst("/api/v1/namespaces/team/pods/?", "").replace("/log", "");
      if (code != 200) {
        answer(exchange, code, "{\"message\":\"no\"}");
      } else if (name.isEmpty()) {
        answer(exchange, 200, "{\"items\": [" + String.join(",", pods.values()) + "]}");
      } else if (path.endsWith("/log")) {
        log(exchange, name);
      } else if (pods.containsKey(name)) {
        answer(exchange, 200, pods.get(name));
      } else {
        answer(exchange, 404, "{\"message\":\"not found\"}");
      }
    }
  }

  private void log(HttpExchange exchange, String pod) throws IOException {
    Deque<String> readings = logs.get(pod);
    if (readings == null) {
      answer(exchange, 400, "{\"message\":\"container is waiting to start\"}");
      return;
    }
    String text;
    synchronized (readings) {
      text = readings.size() > 1 ? readings.removeFirst() : readings.getFirst();
    }
    if (!text.endsWith(BROKEN)) {
      answer(exchange, 200, text);
      return;
    }
    byte[] bytes = text.replace(BROKEN, "").getBytes(StandardCharsets.UTF_8);
    // More is promised than comes.
    exchange.sendResponseHeaders(200, bytes.length + 10);
    OutputStream out = exchange.getResponseBody();
    out.write(bytes);
    out.flush();
  }

  private static void answer(HttpExchange exchange, int code, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    clients.close();
  }
}
