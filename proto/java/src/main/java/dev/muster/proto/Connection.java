package dev.muster.proto;

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

  static ManagedChannel open(Path socket, BuildInfo build) {
    Metadata headers = new Metadata();
    headers.put(Wire.PROTOCOL, Integer.toString(build.protocol()));
    headers.put(Wire.BUILD, Long.toString(build.timeSeconds()));
    return NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(socket))
        .overrideAuthority("localhost")
        .usePlaintext()
        .channelFactory(NioDomainSocketChannel::new)
        .eventLoopGroup(new NioEventLoopGroup(1))
        .maxInboundMessageSize(Wire.MAX_MESSAGE_BYTES)
        .directExecutor()
        .disableRetry()
        .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
        .build();
  }
}
