package dev.muster.daemon.sandbox.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Connections to what listens in pods. */
final class PodSocket {

  /** For all of them. Its thread ends with the process. */
  private static final EventLoopGroup LOOP =
      new NioEventLoopGroup(1, new DefaultThreadFactory("sandbox-pods", true));

  private PodSocket() {}

  /**
   * Connects.
   *
   * @param codecs what stands between the bytes and who takes and writes; none for the bytes as
   *     they are
   * @throws IOException if nobody listens there
   */
  static Connection open(UnixDomainSocketAddress to, ChannelHandler... codecs) throws IOException {
    CompletableFuture<Connection> open = new CompletableFuture<>();
    new Bootstrap()
        .group(LOOP)
        .channel(NioDomainSocketChannel.class)
        .option(ChannelOption.AUTO_READ, false)
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(codecs).addLast(new Connection(open::complete));
              }
            })
        .connect(to)
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                open.completeExceptionally(done.cause());
              }
            });
    try {
      return open.join();
    } catch (CompletionException e) {
      throw new IOException("nobody listens", e.getCause());
    }
  }

  /** Carries bytes one way until either end is closed; what is no bytes is left out. */
  static void copy(Connection from, Connection to) throws IOException {
    for (Object next = from.take(); next != null; next = from.take()) {
      if (next instanceof ByteBuf bytes) {
        to.write(bytes);
      } else {
        ReferenceCountUtil.release(next);
      }
    }
  }
}
