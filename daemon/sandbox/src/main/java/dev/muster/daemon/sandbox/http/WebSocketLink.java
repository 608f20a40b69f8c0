package dev.muster.daemon.sandbox.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;

/**
 * Several streams over one web socket, as kubelets speak: the first byte of a message is the number
 * of its stream.
 */
final class WebSocketLink {
  private final Connection connection;

  WebSocketLink(Connection connection) {
    this.connection = connection;
  }

  /**
   * The next message.
   *
   * @return null when there are no more
   */
  byte[] receive() throws IOException {
    while (connection.take() instanceof WebSocketFrame frame) {
      try {
        if (frame instanceof BinaryWebSocketFrame) {
          return ByteBufUtil.getBytes(frame.content());
        } else if (frame instanceof PingWebSocketFrame) {
          connection.write(new PongWebSocketFrame(frame.content().retain()));
        } else if (frame instanceof CloseWebSocketFrame) {
          return null;
        }
      } finally {
        frame.release();
      }
    }
    return null;
  }

  void send(int stream, byte[] bytes, int length) throws IOException {
    ByteBuf message = Unpooled.buffer(1 + length).writeByte(stream).writeBytes(bytes, 0, length);
    connection.write(new BinaryWebSocketFrame(message));
  }

  /** Says that it is over, and closes. */
  void close() {
    connection.closeAfter(new CloseWebSocketFrame(1000, ""));
  }
}
