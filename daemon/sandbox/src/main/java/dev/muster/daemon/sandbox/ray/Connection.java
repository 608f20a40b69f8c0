package dev.muster.daemon.sandbox.ray;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/** One connection: its requests one after the other, or one of them and then a web socket. */
final class Connection extends SimpleChannelInboundHandler<Object> {

  private final Routes routes;
  private final Executor threads;
  private final Path uploads;
  private HttpRequest request;
  private Path file;
  private OutputStream body;

  /**
   * @param threads for what may take time
   * @param uploads directory for the bodies of requests
   */
  Connection(Routes routes, Executor threads, Path uploads) {
    this.routes = routes;
    this.threads = threads;
    this.uploads = uploads;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, Object message) throws IOException {
    if (message instanceof HttpRequest begun) {
      request = begun;
      file = Files.createTempFile(uploads, "body", "");
      body = Files.newOutputStream(file);
    }
    if (message instanceof HttpContent content) {
      content.content().readBytes(body, content.content().readableBytes());
    }
    if (message instanceof LastHttpContent) {
      body.close();
      HttpRequest whole = request;
      Path sent = file;
      // The next request waits for this one's answer.
      context.channel().config().setAutoRead(false);
      threads.execute(() -> answer(context.channel(), whole, sent));
    }
    if (message instanceof PingWebSocketFrame ping) {
      context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
    }
    if (message instanceof CloseWebSocketFrame close) {
      context.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void answer(Channel channel, HttpRequest from, Path sent) {
    Reply reply;
    try {
      reply = routes.answer(read(from, sent));
    } catch (IOException | RuntimeException e) {
      reply = Reply.text(500, "500 Internal Server Error\n\n" + e);
    }
    try {
      Files.deleteIfExists(sent);
    } catch (IOException e) {
      // It goes with the directory.
    }
    switch (reply) {
      case Reply.Whole whole -> send(channel, from, whole);
      case Reply.Log log -> LogAnswer.send(channel, HttpUtil.isKeepAlive(from), log.file());
      case Reply.Tail tail -> upgrade(channel, from, tail.log());
    }
  }

  private static Request read(HttpRequest from, Path sent) {
    String bearer = from.headers().get(HttpHeaderNames.AUTHORIZATION, "");
    return new Request(
        from.method().name(),
        new QueryStringDecoder(from.uri()).path(),
        bearer.isEmpty() ? from.headers().get("X-Ray-Authorization", "") : bearer,
        from.headers().containsValue(HttpHeaderNames.UPGRADE, "websocket", true),
        sent);
  }

  private static void send(Channel channel, HttpRequest from, Reply.Whole reply) {
    ByteBuf content = Unpooled.wrappedBuffer(reply.body());
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), content);
    HttpUtil.setContentLength(response, reply.body().length);
    if (!reply.contentType().isEmpty()) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, reply.contentType());
    }
    boolean more = HttpUtil.isKeepAlive(from);
    HttpUtil.setKeepAlive(response, more);
    ChannelFuture written = channel.writeAndFlush(response);
    written.addListener(
        done -> {
          if (more) {
            channel.config().setAutoRead(true);
          } else {
            channel.close();
          }
        });
  }

  private void upgrade(Channel channel, HttpRequest from, LogTail log) {
    FullHttpRequest whole =
        new DefaultFullHttpRequest(
            from.protocolVersion(),
            from.method(),
            from.uri(),
            Unpooled.EMPTY_BUFFER,
            from.headers(),
            new DefaultHttpHeaders());
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory("ws://127.0.0.1" + from.uri(), null, true)
            .newHandshaker(whole);
    if (handshaker == null) {
      WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(channel);
      return;
    }
    boolean deflate =
        from.headers().get(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, "").contains("deflate");
    channel
        .eventLoop()
        .execute(
            () ->
                handshaker
                    .handshake(channel, whole)
                    .addListener(
                        done -> {
                          channel.config().setAutoRead(true);
                          threads.execute(() -> tail(channel, deflate, log));
                        }));
  }

  /** Ray's own sends nothing to a client that offers to compress. */
  private static void tail(Channel channel, boolean deflate, LogTail log) {
    WebSocketCloseStatus end = WebSocketCloseStatus.NORMAL_CLOSURE;
    try {
      if (!deflate) {
        log.copy(text -> push(channel, text));
      }
    } catch (IOException e) {
      end = WebSocketCloseStatus.INTERNAL_SERVER_ERROR;
    } catch (InterruptedException e) {
      channel.close();
      return;
    }
    channel
        .writeAndFlush(new CloseWebSocketFrame(end.code(), ""))
        .addListener(ChannelFutureListener.CLOSE);
  }

  /** Waits while the reader is slow. */
  private static boolean push(Channel channel, String text) {
    ChannelFuture written = channel.writeAndFlush(new TextWebSocketFrame(text));
    return channel.isWritable() || written.awaitUninterruptibly().isSuccess();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws IOException {
    if (body != null) {
      body.close();
    }
  }

  /** The client is gone, or did not speak HTTP. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
