package dev.muster.daemon.sandbox.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A connection of a client, or to a pod, as a thread of its own sees it: it takes what came and
 * waits while the other end is slow. Nothing is read from the network that nobody asked for.
 */
final class Connection extends ChannelInboundHandlerAdapter {
  private static final Object END = new Object();

  private final Consumer<Connection> server;
  private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile Channel channel;
  private volatile Runnable whenGone = () -> {};

  /**
   * @param server told once of the connection, by the network's thread; must be quick
   */
  Connection(Consumer<Connection> server) {
    this.server = server;
  }

  /**
   * What came next: part of a request, bytes, or a frame, by what the pipeline makes of them. The
   * taker releases it.
   *
   * @return null when nothing will come any more
   */
  Object take() {
    Object next = received.poll();
    try {
      if (next == null) {
        channel.read();
        next = received.take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      return null;
    }
    if (next == END) {
      received.add(END);
      return null;
    }
    return next;
  }

  /**
   * Sends, and waits while much is on its way.
   *
   * @throws IOException if the other end is gone
   */
  void write(Object message) throws IOException {
    if (!channel.isActive()) {
      ReferenceCountUtil.release(message);
      throw gone();
    }
    channel.writeAndFlush(message);
    lock.lock();
    try {
      while (channel.isActive() && !channel.isWritable()) {
        changed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the server stops", e);
    } finally {
      lock.unlock();
    }
    if (!channel.isActive()) {
      throw gone();
    }
  }

  private static IOException gone() {
    return new IOException("the other end is gone");
  }

  /** Runs something short when the other end goes, at once if it is gone; null for nothing more. */
  void whenGone(Runnable action) {
    whenGone = action == null ? () -> {} : action;
    if (!channel.isActive()) {
      whenGone.run();
    } else if (received.isEmpty()) {
      // Only who reads learns that the other end has closed.
      channel.read();
    }
  }

  /** From now on bytes come and go as they are. */
  void raw() {
    channel
        .eventLoop()
        .submit(() -> channel.pipeline().remove(HttpServerCodec.class))
        .syncUninterruptibly();
  }

  Channel channel() {
    return channel;
  }

  void close() {
    channel.close();
  }

  /** Closes when that last message is on its way. */
  void closeAfter(Object message) {
    if (channel.isActive()) {
      channel.writeAndFlush(message).addListener(ChannelFutureListener.CLOSE);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    server.accept(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    received.add(message);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    signal();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    received.add(END);
    signal();
    whenGone.run();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  private void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
