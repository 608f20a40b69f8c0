package dev.muster.daemon.sandbox.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** One request and what is answered to it. */
final class Exchange {
  /** As much as is read of a body that nobody wanted: who still sends does not see the answer. */
  private static final int DRAINED = 16 * 1024 * 1024;

  private static final int LONGEST_MESSAGE = 4 * 1024 * 1024;

  private final Connection connection;
  private final HttpRequest request;
  private final MessageBody body;
  private boolean reusable;

  Exchange(Connection connection, HttpRequest request) {
    this.connection = connection;
    this.request = request;
    this.body = new MessageBody(connection);
    this.reusable = HttpUtil.isKeepAlive(request);
  }

  String method() {
    return request.method().name();
  }

  /** As it was sent. */
  String uri() {
    return request.uri();
  }

  String rawPath() {
    int query = uri().indexOf('?');
    return query < 0 ? uri() : uri().substring(0, query);
  }

  /** Null without one. */
  String rawQuery() {
    int query = uri().indexOf('?');
    return query < 0 ? null : uri().substring(query + 1);
  }

  HttpHeaders headers() {
    return request.headers();
  }

  /** Null if there is none. */
  String header(String name) {
    return request.headers().get(name);
  }

  boolean isUpgrade() {
    return request.headers().contains(HttpHeaderNames.UPGRADE);
  }

  MessageBody body() {
    return body;
  }

  Connection connection() {
    return connection;
  }

  /** A whole answer. */
  void send(int code, Map<String, List<String>> headers, byte[] bytes) throws IOException {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(code), Unpooled.wrappedBuffer(bytes));
    begin(response, headers);
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
    connection.write(response);
    finish();
  }

  /**
   * An answer that is written as it comes to be; each write is sent at once. To close the stream
   * ends it.
   */
  OutputStream stream(int code, Map<String, List<String>> headers) throws IOException {
    HttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(code));
    begin(response, headers);
    if (!response.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
      HttpUtil.setTransferEncodingChunked(response, true);
    }
    connection.write(response);
    return new Written();
  }

  private void begin(HttpResponse response, Map<String, List<String>> headers) throws IOException {
    headers.forEach(response.headers()::set);
    reusable = reusable && body.isOver(DRAINED);
    if (!reusable) {
      response.headers().set(HttpHeaderNames.CONNECTION, "close");
    }
  }

  private void finish() {
    if (!reusable) {
      connection.closeAfter(Unpooled.EMPTY_BUFFER);
    }
  }

  /**
   * Becomes a web socket; the first of those subprotocols is spoken that the client offers.
   *
   * @param protocols separated by commas
   */
  WebSocketLink webSocket(String protocols) throws IOException {
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory(uri(), protocols, false, LONGEST_MESSAGE)
            .newHandshaker(request);
    if (handshaker == null) {
      throw new IOException("a version of web sockets that the server does not speak");
    }
    body.isOver(DRAINED);
    DefaultFullHttpRequest whole =
        new DefaultFullHttpRequest(
            request.protocolVersion(), request.method(), request.uri(), Unpooled.EMPTY_BUFFER);
    whole.headers().set(request.headers());
    connection
        .channel()
        .eventLoop()
        .submit(
            () -> {
              connection
                  .channel()
                  .pipeline()
                  .addBefore(
                      "connection", "messages", new WebSocketFrameAggregator(LONGEST_MESSAGE));
              handshaker.handshake(connection.channel(), whole);
            })
        .syncUninterruptibly();
    return new WebSocketLink(connection);
  }

  /** Whether another request may follow on the connection. */
  boolean isReusable() {
    return reusable;
  }

  private final class Written extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ByteBuf copy = Unpooled.copiedBuffer(bytes, offset, length);
      connection.write(new DefaultHttpContent(copy));
    }

    @Override
    public void close() throws IOException {
      connection.write(LastHttpContent.EMPTY_LAST_CONTENT);
      finish();
    }
  }
}
