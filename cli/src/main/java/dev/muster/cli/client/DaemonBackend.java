package dev.muster.cli.client;

import dev.muster.proto.DaemonClient;
import dev.muster.proto.Places;
import dev.muster.v1.Caller;
import io.grpc.Channel;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The user's real daemon. */
public final class DaemonBackend implements Backend {
  /**
   * What fails is said in our own words, on standard error; a library's log lines would stand
   * between them. Held, since the log manager forgets the level of a logger that nobody holds.
   */
  private static final List<Logger> SILENT =
      List.of(Logger.getLogger("io.grpc"), Logger.getLogger("io.netty"));

  private final DaemonClient client;
  private final boolean terminal;

  private DaemonBackend(DaemonClient client, boolean terminal) {
    this.client = client;
    this.terminal = terminal;
  }

  /**
   * @param terminal whether a person looks at the output, as the daemon is told
   */
  public static Backend connect(Places places, DaemonClient.Start start, boolean terminal) {
    for (Logger logger : SILENT) {
      logger.setLevel(Level.OFF);
    }
    return new DaemonBackend(DaemonClient.connect(places, start), terminal);
  }

  @Override
  public Channel channel() {
    return client.channel();
  }

  @Override
  public Caller caller() {
    return client.caller().toBuilder().setTerminal(terminal).build();
  }

  @Override
  public boolean isReplaceable() {
    return client.isReplaceable();
  }

  @Override
  public void close() {
    client.close();
  }
}
