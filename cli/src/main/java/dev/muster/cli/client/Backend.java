package dev.muster.cli.client;

import dev.muster.proto.DaemonClient;
import dev.muster.v1.Caller;
import io.grpc.Channel;

/** The daemon as a command sees it. A test puts a server of its own behind it. */
public interface Backend extends AutoCloseable {
  Channel channel();

  Caller caller();

  /** Whether another one that knows the same can take its place when it is gone. */
  boolean isReplaceable();

  @Override
  void close();

  /** How a command gets one. */
  interface Connector {
    /**
     * @throws dev.muster.proto.DaemonException when there is none to be had
     */
    Backend connect(DaemonClient.Start start);
  }
}
