package dev.muster.daemon.app.lifecycle;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.security.Principal;
import java.util.function.Predicate;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.jboss.logging.Logger;

/**
 * Lets in only connections of the user that the daemon runs as: the kernel says who connects
 * (SO_PEERCRED). File permissions say the same; this holds when they were changed.
 */
final class PeerCheck extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = Logger.getLogger(PeerCheck.class);
  private static final ChannelOption<UnixDomainPrincipal> PEER =
      NioChannelOption.of(ExtendedSocketOptions.SO_PEERCRED);

  private final Predicate<Principal> allowed;

  PeerCheck(Predicate<Principal> allowed) {
    this.allowed = allowed;
  }

  /** A listening channel that refuses other users' connections before gRPC sees them. */
  static NioServerDomainSocketChannel newServerChannel() {
    String me = System.getProperty("user.name");
    NioServerDomainSocketChannel channel = new NioServerDomainSocketChannel();
    channel.pipeline().addFirst(new PeerCheck(user -> user.getName().equals(me)));
    return channel;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    Channel accepted = (Channel) message;
    UnixDomainPrincipal peer = accepted.config().getOption(PEER);
    if (peer == null || !allowed.test(peer.user())) {
      LOG.warnf("refused a connection of %s", peer == null ? "an unknown user" : peer.user());
      accepted.unsafe().closeForcibly();
      return;
    }
    context.fireChannelRead(message);
  }
}
