package dev.muster.daemon.sandbox.http;

import dev.muster.daemon.sandbox.api.Failures;
import dev.muster.daemon.sandbox.api.Passage;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.OutputStream;
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
final class ServiceProxy {
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

  private ServiceProxy() {}

  static void serve(Exchange exchange, Passage.ToService to) throws IOException {
    if (exchange.isUpgrade()) {
      tunnel(exchange, to);
    } else {
      carry(exchange, to);
    }
  }

  private static Connection connect(Passage.ToService to, ChannelHandler... codecs) {
    try {
      return PodSocket.open(to.local().orElseThrow(() -> refused(to)), codecs);
    } catch (IOException e) {
      throw refused(to);
    }
  }

  private static RuntimeException refused(Passage.ToService to) {
    return Failures.unavailable(
        "error trying to reach service: dial tcp %s: connect: connection refused"
            .formatted(to.where()));
  }

  private static void carry(Exchange exchange, Passage.ToService to) throws IOException {
    Connection pod = connect(to, new HttpClientCodec());
    try {
      send(exchange, request(exchange, to), pod);
      exchange.connection().whenGone(pod::close);
      if (!(pod.take() instanceof HttpResponse response) || response.decoderResult().isFailure()) {
        throw refused(to);
      }
      // Only a whole answer is ended: the client of another sees that it was cut off.
      OutputStream out = exchange.stream(response.status().code(), headers(response, to));
      new MessageBody(pod).transferTo(out);
      out.close();
    } finally {
      exchange.connection().whenGone(null);
      pod.close();
    }
  }

  private static HttpRequest request(Exchange exchange, Passage.ToService to) {
    HttpRequest request =
        new DefaultHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.valueOf(exchange.method()),
            to.rest() + query(exchange));
    carried(exchange.headers(), request.headers());
    request.headers().set(HttpHeaderNames.HOST, to.where());
    String length = exchange.header("Content-Length");
    if (length != null) {
      request.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
    } else {
      HttpUtil.setTransferEncodingChunked(request, exchange.header("Transfer-Encoding") != null);
    }
    return request;
  }

  /**
   * Sends a request with its body.
   *
   * @throws IOException if the client has left
   */
  private static void send(Exchange exchange, HttpRequest request, Connection pod)
      throws IOException {
    byte[] buffer = new byte[64 * 1024];
    boolean more = write(pod, request);
    while (more) {
      int count = exchange.body().read(buffer);
      HttpContent next =
          count < 0
              ? LastHttpContent.EMPTY_LAST_CONTENT
              : new DefaultHttpContent(Unpooled.copiedBuffer(buffer, 0, count));
      more = write(pod, next) && count >= 0;
    }
  }

  /** False when the pod has closed: it may have answered before it had read everything. */
  private static boolean write(Connection pod, Object message) {
    try {
      pod.write(message);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Map<String, List<String>> headers(HttpResponse response, Passage.ToService to) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : response.headers().names()) {
      if (isCarried(name) || name.equalsIgnoreCase("content-length")) {
        headers.put(name, response.headers().getAll(name));
      }
    }
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

  private static void carried(HttpHeaders from, HttpHeaders to) {
    from.forEach(
        header -> {
          if (isCarried(header.getKey())) {
            to.add(header.getKey(), header.getValue());
          }
        });
  }

  private static void tunnel(Exchange exchange, Passage.ToService to) throws IOException {
    Connection client = exchange.connection();
    Connection pod = connect(to);
    try {
      client.whenGone(pod::close);
      pod.write(Unpooled.wrappedBuffer(head(exchange, to)));
      client.raw();
      Thread.ofVirtual().start(() -> toPod(client, pod));
      PodSocket.copy(pod, client);
    } finally {
      pod.close();
      client.closeAfter(Unpooled.EMPTY_BUFFER);
    }
  }

  private static byte[] head(Exchange exchange, Passage.ToService to) {
    StringBuilder head = new StringBuilder();
    head.append(exchange.method()).append(' ').append(to.rest()).append(query(exchange));
    head.append(" HTTP/1.1\r\nHost: ").append(to.where());
    head.append("\r\nConnection: Upgrade\r\nUpgrade: ");
    head.append(exchange.header(HttpHeaderNames.UPGRADE.toString())).append("\r\n");
    HttpHeaders headers = new DefaultHttpHeaders();
    carried(exchange.headers(), headers);
    headers.forEach(
        header ->
            head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n"));
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void toPod(Connection client, Connection pod) {
    try {
      PodSocket.copy(client, pod);
    } catch (IOException e) {
      // The pod has closed; whoever reads from it sees that too.
      client.close();
    }
  }
}
