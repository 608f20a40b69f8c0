package dev.muster.daemon.app.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.proto.SocketDirectory;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.Principal;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerCheckTest {
  @TempDir Path directory;
  private final AtomicInteger accepted = new AtomicInteger();

  @Test
  void a_connection_of_somebody_else_is_closed_before_anybody_sees_it() throws Exception {
    assertThat(firstByteOf(user -> false)).as("end of stream").isEqualTo(-1);
    assertThat(accepted).hasValue(0);
  }

  @Test
  void a_connection_of_the_daemons_own_user_is_let_in() throws Exception {
    String me = System.getProperty("user.name");

    assertThat(firstByteOf(user -> user.getName().equals(me))).isEqualTo(1);
    assertThat(accepted).hasValue(1);
  }

  /** What a client reads from a server that greets each connection with one byte. */
  private int firstByteOf(Predicate<Principal> allowed) throws Exception {
    SocketDirectory.create(directory.resolve("run"));
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("run/s"));
    NioEventLoopGroup group = new NioEventLoopGroup(1);
    try {
      new ServerBootstrap()
          .group(group)
          .channelFactory(
              () -> {
                NioServerDomainSocketChannel channel = new NioServerDomainSocketChannel();
                channel.pipeline().addFirst(new PeerCheck(allowed));
                return channel;
              })
          .childHandler(
              new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel channel) {
                  accepted.incrementAndGet();
                  channel.writeAndFlush(channel.alloc().buffer(1).writeByte('!'));
                }
              })
          .bind(address)
          .sync();
      try (SocketChannel client = SocketChannel.open(address)) {
        return client.read(ByteBuffer.allocate(1));
      }
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
    }
  }
}
