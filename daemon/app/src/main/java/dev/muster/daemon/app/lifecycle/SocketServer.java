package dev.muster.daemon.app.lifecycle;

import dev.muster.daemon.core.Failure;
import dev.muster.proto.SocketDirectory;
import dev.muster.proto.Wire;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * gRPC over a Unix socket that only its owner can reach. Made while the lock is held, so a socket
 * found there is stale.
 */
public final class SocketServer implements AutoCloseable {
  private static final int MAX_CALLS_PER_CONNECTION = 1000;
  private static final int MAX_METADATA_BYTES = 16 << 10;

  private final Path socket;
  private final Object identity;
  private final Server server;
  private final NioEventLoopGroup accepting;
  private final NioEventLoopGroup working;

  private SocketServer(
      Path socket,
      Object identity,
      Server server,
      NioEventLoopGroup accepting,
      NioEventLoopGroup working) {
    this.socket = socket;
    this.identity = identity;
    this.server = server;
    this.accepting = accepting;
    this.working = working;
  }

  /** Listens, with the interceptors in the order given, and checks what was made. */
  public static SocketServer open(
      Path socket, List<BindableService> services, List<ServerInterceptor> interceptors) {
    SocketDirectory.create(socket.getParent());
    NioEventLoopGroup accepting = new NioEventLoopGroup(1);
    NioEventLoopGroup working = new NioEventLoopGroup(1);
    try {
      Files.deleteIfExists(socket);
      NettyServerBuilder builder =
          NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(socket))
              .channelFactory(PeerCheck::newServerChannel)
              .bossEventLoopGroup(accepting)
              .workerEventLoopGroup(working)
              .executor(Executors.newVirtualThreadPerTaskExecutor())
              .maxInboundMessageSize(Wire.MAX_MESSAGE_BYTES)
              .permitKeepAliveTime(Wire.KEEPALIVE.toSeconds() / 2, TimeUnit.SECONDS)
              .maxInboundMetadataSize(MAX_METADATA_BYTES)
              .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION);
      services.forEach(builder::addService);
      interceptors.reversed().forEach(builder::intercept);
      Server server = builder.build().start();
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
      SocketDirectory.check(socket.getParent());
      return new SocketServer(socket, fileKey(socket), server, accepting, working);
    } catch (IOException e) {
      accepting.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      working.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      throw new Failure(
          Failure.Kind.FAILED, "cannot listen on " + socket + ": " + e.getMessage(), e);
    }
  }

  /**
   * The inode alone is not enough: a file system may give a new file the number of a deleted one.
   */
  private static Object fileKey(Path path) throws IOException {
    BasicFileAttributes file =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return List.of(file.fileKey(), file.lastModifiedTime());
  }

  /**
   * Whether the socket is still the one that was made: a logout can delete it, and nobody could
   * reach this daemon then.
   */
  public boolean isReachable() {
    try {
      return identity.equals(fileKey(socket));
    } catch (IOException e) {
      return false;
    }
  }

  /** Takes no new calls, gives the running ones that long, then ends them. */
  public void stop(long graceMillis) {
    if (!isReachable()) {
      // Netty deletes the path when it closes the socket, and what lies there now is a successor's.
      return;
    }
    server.shutdown();
    try {
      if (!server.awaitTermination(graceMillis, TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
        server.awaitTermination(1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    accepting.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    working.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    stop(0);
  }
}
