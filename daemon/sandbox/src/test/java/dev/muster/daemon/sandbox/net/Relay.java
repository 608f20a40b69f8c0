package dev.muster.daemon.sandbox.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Carries connections from one address to another, as a port-forward does: for the JDK's HTTP
 * client and server, which know no Unix sockets.
 */
public final class Relay implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final ServerSocketChannel listener;
  private final SocketAddress to;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

  private Relay(ServerSocketChannel listener, SocketAddress to) {
    this.listener = listener;
    this.to = to;
    Thread.ofVirtual().start(this::accept);
  }

  /** From a free port of 127.0.0.1. */
  public static Relay to(UnixDomainSocketAddress socket) {
    try {
      return new Relay(ServerSocketChannel.open().bind(new InetSocketAddress(LOOPBACK, 0)), socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From a Unix socket of its own to a port of 127.0.0.1. */
  public static Relay to(int port) {
    try {
      Path directory = Files.createTempDirectory("relay");
      ServerSocketChannel listener =
          ServerSocketChannel.open(StandardProtocolFamily.UNIX)
              .bind(UnixDomainSocketAddress.of(directory.resolve("socket")));
      return new Relay(listener, new InetSocketAddress(LOOPBACK, port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SocketAddress address() {
    try {
      return listener.getLocalAddress();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens on 127.0.0.1. */
  public int port() {
    return ((InetSocketAddress) address()).getPort();
  }

  /** Where it listens otherwise. */
  public UnixDomainSocketAddress socket() {
    return (UnixDomainSocketAddress) address();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel near = listener.accept();
        open.add(near);
        Thread.ofVirtual().start(() -> carry(near));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void carry(SocketChannel near) {
    try (near;
        SocketChannel far = SocketChannel.open(to)) {
      open.add(far);
      Thread back = Thread.ofVirtual().start(() -> copy(far, near));
      copy(near, far);
      back.join();
      open.remove(far);
    } catch (IOException | InterruptedException e) {
      // Either end is gone, and so is the other now.
    }
    open.remove(near);
  }

  private static void copy(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocate(32 * 1024);
    try {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
      to.shutdownOutput();
    } catch (IOException e) {
      close(from);
      close(to);
    }
  }

  private static void close(AutoCloseable what) {
    try {
      what.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    SocketAddress address = address();
    close(listener);
    open.forEach(Relay::close);
    if (address instanceof UnixDomainSocketAddress socket) {
      try {
        Files.deleteIfExists(socket.getPath());
        Files.deleteIfExists(socket.getPath().getParent());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
