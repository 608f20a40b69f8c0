package dev.muster.daemon.sandbox.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** The port: TLS and HTTP/1.1 for any number of connections, each with a virtual thread. */
final class Listener implements AutoCloseable {

  static {
    // Read once. Without them the JDK warns of what Netty may do on the user's terminal.
    System.setProperty("io.netty.noUnsafe", "true");
    System.setProperty("io.netty.noPreferDirect", "true");
  }

  private final EventLoopGroup network = new NioEventLoopGroup(2);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final Channel channel;

  /**
   * @param port on 127.0.0.1; 0 for a free one
   * @param server of one connection, until it returns
   */
  Listener(SSLContext tls, int port, Consumer<Connection> server) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(network)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel child) {
                    SSLEngine engine = tls.createSSLEngine();
                    engine.setUseClientMode(false);
                    ChannelPipeline pipeline = child.pipeline();
                    pipeline.addLast(new SslHandler(engine));
                    pipeline.addLast(new HttpServerCodec(16 * 1024, 64 * 1024, 32 * 1024));
                    pipeline.addLast(new HttpServerExpectContinueHandler());
                    pipeline.addLast("connection", new Connection(c -> started(c, server)));
                  }
                });
    channel = bind(bootstrap, new InetSocketAddress(loopback, port));
  }

  private Channel bind(ServerBootstrap bootstrap, InetSocketAddress at) throws IOException {
    ChannelFuture bound = bootstrap.bind(at).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      threads.shutdownNow();
      network.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      throw new IOException(bound.cause().getMessage(), bound.cause());
    }
    return bound.channel();
  }

  private void started(Connection connection, Consumer<Connection> server) {
    open.add(connection);
    threads.execute(
        () -> {
          try {
            server.accept(connection);
          } finally {
            open.remove(connection);
          }
        });
  }

  int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    open.forEach(Connection::close);
    threads.shutdownNow();
    try {
      // Whoever still writes does it to a network that is there.
      threads.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    network.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
