package dev.muster.proto;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One gRPC channel over a Unix socket, by the JDK's own sockets: no JNI, the same natively and on
 * the JVM.
 */
final class Connection {
  private Connection() {}

  /** Whether somebody listens: a bare connect, some microseconds. */
  static boolean isOpen(Path socket) {
    try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return probe.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** What came of a new connection. */
  enum Greeting {
    GIVEN,
    /**
     * It broke: a daemon that was killed a moment ago still has a socket that takes connections.
     */
    REFUSED,
    /** Nothing yet: the daemon is slow, or stopped. */
    AWAITED
  }

  /** Waits so long for the daemon's greeting. */
  static Greeting greeting(ManagedChannel channel, Duration patience) {
    CountDownLatch decided = new CountDownLatch(1);
    watch(channel, decided);
    try {
      decided.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return switch (channel.getState(false)) {
      case READY -> Greeting.GIVEN;
      case IDLE, CONNECTING -> Greeting.AWAITED;
      case TRANSIENT_FAILURE, SHUTDOWN -> Greeting.REFUSED;
    };
  }

  private static void watch(ManagedChannel channel, CountDownLatch decided) {
    ConnectivityState now = channel.getState(true);
    if (now == ConnectivityState.IDLE || now == ConnectivityState.CONNECTING) {
      channel.notifyWhenStateChanged(now, () -> watch(channel, decided));
    } else {
      decided.countDown();
    }
  }

  static ManagedChannel open(Path socket, BuildInfo build) {
    spareLookups();
    Metadata headers = new Metadata();
    headers.put(Wire.PROTOCOL, Integer.toString(build.protocol()));
    headers.put(Wire.BUILD, Long.toString(build.timeSeconds()));
    return NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(socket))
        .overrideAuthority("localhost")
        .usePlaintext()
        .channelFactory(NioDomainSocketChannel::new)
        .eventLoopGroup(new NioEventLoopGroup(1))
        .maxInboundMessageSize(Wire.MAX_MESSAGE_BYTES)
        .keepAliveTime(Wire.KEEPALIVE.toSeconds(), TimeUnit.SECONDS)
        .keepAliveTimeout(Wire.KEEPALIVE.toSeconds(), TimeUnit.SECONDS)
        .directExecutor()
        .disableRetry()
        .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
        .build();
  }

  /**
   * For ids that nobody reads Netty would look at every network interface, at /proc and at
   * /etc/os-release, with each command. Said when a channel is opened, not when this class is
   * initialized: natively that is while the command is built.
   */
  private static void spareLookups() {
    System.setProperty("io.netty.machineId", "00:00:00:00:00:01");
    System.setProperty("io.netty.processId", "1");
    System.setProperty("io.netty.osClassifiers", "");
  }
}
