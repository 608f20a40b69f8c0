package dev.muster.daemon.sandbox.http;

import dev.muster.daemon.sandbox.api.Failures;
import dev.muster.daemon.sandbox.api.Passage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Carries requests to the pod behind a service and its answers back, as they come, and connections
 * that become something else than HTTP. What says who asks does not reach the pod.
 */
final class ServiceProxy implements AutoCloseable {
  private static final Set<String> NOT_CARRIED =
      Set.of(
          "authorization",
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  void serve(Exchange exchange, Passage.ToService to) throws IOException {
    int local = to.local().orElseThrow(() -> refused(to));
    if (exchange.isUpgrade()) {
      tunnel(exchange, to, local);
    } else {
      carry(exchange, to, local);
    }
  }

  private static RuntimeException refused(Passage.ToService to) {
    return Failures.unavailable(
        "error trying to reach service: dial tcp %s: connect: connection refused"
            .formatted(to.where()));
  }

  private void carry(Exchange exchange, Passage.ToService to, int local) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + local + to.rest() + query(exchange)));
    request.method(exchange.method(), body(exchange));
    exchange
        .headers()
        .forEach(
            header -> {
              if (isCarried(header.getKey())) {
                request.header(header.getKey(), header.getValue());
              }
            });
    HttpResponse<InputStream> response;
    try {
      response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the server stops", e);
    } catch (IOException e) {
      throw refused(to);
    }
    InputStream body = response.body();
    exchange.connection().whenGone(() -> close(body));
    try (body;
        OutputStream out = exchange.stream(response.statusCode(), headers(response, to))) {
      body.transferTo(out);
    } finally {
      exchange.connection().whenGone(null);
    }
  }

  private static BodyPublisher body(Exchange exchange) {
    String length = exchange.header("Content-Length");
    if (length == null && exchange.header("Transfer-Encoding") == null) {
      return BodyPublishers.noBody();
    }
    BodyPublisher stream = BodyPublishers.ofInputStream(exchange::body);
    long bytes = length == null ? -1 : Long.parseLong(length);
    return bytes == 0
        ? BodyPublishers.noBody()
        : bytes < 0 ? stream : BodyPublishers.fromPublisher(stream, bytes);
  }

  private static Map<String, List<String>> headers(
      HttpResponse<InputStream> response, Passage.ToService to) {
    Map<String, List<String>> headers = new TreeMap<>();
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (isCarried(name) || name.equalsIgnoreCase("content-length")) {
                headers.put(name, values);
              }
            });
    // What the pod calls its root is somewhere else for the client.
    headers.computeIfPresent(
        "location",
        (name, values) ->
            List.of(
                values.getFirst().startsWith("/")
                    ? to.prefix() + values.getFirst()
                    : values.getFirst()));
    return headers;
  }

  private static boolean isCarried(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return !NOT_CARRIED.contains(name) && !name.startsWith("impersonate-");
  }

  private static String query(Exchange exchange) {
    return exchange.rawQuery() == null ? "" : "?" + exchange.rawQuery();
  }

  private static void tunnel(Exchange exchange, Passage.ToService to, int local)
      throws IOException {
    Connection connection = exchange.connection();
    try (Socket pod = new Socket(InetAddress.ofLiteral("127.0.0.1"), local)) {
      pod.setTcpNoDelay(true);
      connection.whenGone(() -> close(pod));
      pod.getOutputStream().write(head(exchange, to, local));
      connection.raw();
      Thread.ofVirtual().start(() -> toPod(connection, pod));
      byte[] buffer = new byte[16 * 1024];
      InputStream in = pod.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        connection.write(Unpooled.copiedBuffer(buffer, 0, count));
      }
    } finally {
      connection.closeAfter(Unpooled.EMPTY_BUFFER);
    }
  }

  private static byte[] head(Exchange exchange, Passage.ToService to, int local) {
    StringBuilder head = new StringBuilder();
    head.append(exchange.method()).append(' ').append(to.rest()).append(query(exchange));
    head.append(" HTTP/1.1\r\nHost: 127.0.0.1:").append(local).append("\r\n");
    head.append("Connection: Upgrade\r\nUpgrade: ");
    head.append(exchange.header(HttpHeaderNames.UPGRADE.toString())).append("\r\n");
    exchange
        .headers()
        .forEach(
            header -> {
              if (isCarried(header.getKey())) {
                head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
              }
            });
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void toPod(Connection connection, Socket pod) {
    try {
      OutputStream out = pod.getOutputStream();
      for (Object next = connection.take(); next != null; next = connection.take()) {
        if (next instanceof ByteBuf bytes) {
          bytes.readBytes(out, bytes.readableBytes());
          bytes.release();
        }
      }
    } catch (IOException e) {
      // The pod has closed; whoever reads from it sees that too.
      connection.close();
    }
  }

  static void close(AutoCloseable what) {
    try {
      what.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
