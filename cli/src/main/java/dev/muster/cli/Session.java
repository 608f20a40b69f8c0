package dev.muster.cli;

import dev.muster.cli.client.Backend;
import dev.muster.proto.DaemonClient.Start;
import dev.muster.proto.Places;
import dev.muster.v1.Caller;
import io.grpc.Channel;
import java.util.function.Supplier;

/**
 * One run of one command: where it reads and writes, and its daemon, connected when first asked
 * for.
 */
public final class Session implements AutoCloseable {
  private final Io io;
  private final Supplier<Places> places;
  private final Backend.Connector connector;
  private Backend backend;
  private Start start = Start.IF_NEEDED;

  public Session(Io io, Supplier<Places> places, Backend.Connector connector) {
    this.io = io;
    this.places = places;
    this.connector = connector;
  }

  public Io io() {
    return io;
  }

  /** Where the daemon's files are. */
  public Places places() {
    return places.get();
  }

  /** The daemon's channel; the daemon is started if need be. */
  public Channel channel() {
    return backend(start).channel();
  }

  /** Who asks; the daemon is started if need be. */
  public Caller caller() {
    return backend(start).caller();
  }

  /** Where no daemon may stay: one that ends with this session. */
  void withDaemonOfItsOwn() {
    start = Start.PRIVATE;
  }

  /** Whether another daemon can take the place of the one that was asked. */
  public boolean isReplaceable() {
    return backend != null && backend.isReplaceable();
  }

  /** For the commands that must not start one. */
  public Backend backend(Start start) {
    if (backend == null) {
      backend = connector.connect(start);
    }
    return backend;
  }

  /** Ends the connection, so that the next use makes a new one. */
  public void disconnect() {
    if (backend != null) {
      backend.close();
      backend = null;
    }
  }

  @Override
  public void close() {
    disconnect();
  }
}
