package dev.muster.daemon.sandbox.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.InputStream;

/** The body of a request or of an answer, as it comes. */
final class MessageBody extends InputStream {
  private final Connection connection;
  private ByteBuf current;
  private boolean last;

  MessageBody(Connection connection) {
    this.connection = connection;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    while (current == null || !current.isReadable()) {
      release();
      if (last) {
        return -1;
      }
      if (!(connection.take() instanceof HttpContent content)
          || content.decoderResult().isFailure()) {
        throw new IOException("the other end left in the middle of a message");
      }
      last = content instanceof LastHttpContent;
      current = content.content();
    }
    int count = Math.min(length, current.readableBytes());
    current.readBytes(to, offset, count);
    return count;
  }

  /** Whether all of it was read, or there is so little left that this reads it. */
  boolean isOver(int most) throws IOException {
    skip(most);
    return last && (current == null || !current.isReadable());
  }

  private void release() {
    if (current != null) {
      current.release();
      current = null;
    }
  }

  @Override
  public void close() {
    release();
  }
}
