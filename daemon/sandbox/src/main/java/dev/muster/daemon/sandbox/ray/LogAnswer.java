package dev.muster.daemon.sandbox.ray;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.muster.daemon.sandbox.store.Json;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Sends a log as <code>{"logs": "…"}</code> while it is read, at the pace of whoever takes it: it
 * is never held whole.
 */
final class LogAnswer extends OutputStream {
  private static final int PIECE = 1 << 15;

  private final Channel channel;

  private LogAnswer(Channel channel) {
    this.channel = channel;
  }

  /**
   * @param more whether another request may follow on the connection
   */
  static void send(Channel channel, boolean more, Path log) {
    HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    HttpUtil.setTransferEncodingChunked(response, true);
    HttpUtil.setKeepAlive(response, more);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=utf-8");
    var unused = channel.writeAndFlush(response);
    try (OutputStream out = new BufferedOutputStream(new LogAnswer(channel), PIECE)) {
      write(log, out);
    } catch (IOException e) {
      // What was sent is no whole answer, and the client must see that.
      channel.close();
      return;
    }
    channel
        .writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
        .addListener(
            done -> {
              if (more) {
                channel.config().setAutoRead(true);
              } else {
                channel.close();
              }
            });
  }

  private static void write(Path log, OutputStream out) throws IOException {
    try (Reader text = reader(log);
        JsonGenerator json = Json.MAPPER.createGenerator(out)) {
      json.writeStartObject();
      json.writeFieldName("logs");
      json.writeString(text, -1);
      json.writeEndObject();
    }
  }

  /** Nothing before the job has begun. */
  private static Reader reader(Path log) throws IOException {
    return Files.exists(log)
        ? new InputStreamReader(Files.newInputStream(log), StandardCharsets.UTF_8)
        : Reader.nullReader();
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  /** Waits while the client is slow. */
  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    ChannelFuture written =
        channel.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer(bytes, offset, length)));
    if (!channel.isWritable() && !written.awaitUninterruptibly().isSuccess()) {
      throw new IOException("the client is gone", written.cause());
    }
  }
}
