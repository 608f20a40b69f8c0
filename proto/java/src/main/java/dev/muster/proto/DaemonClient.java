package dev.muster.proto;

import dev.muster.proto.Connection.Greeting;
import dev.muster.v1.Caller;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A connection to the user's daemon: finds it, starts it, replaces it when this client is newer.
 *
 * <p>Closing it ends the connection, never the daemon.
 */
public final class DaemonClient implements AutoCloseable {
  /** Whether a daemon may be started for this command. */
  public enum Start {
    IF_NEEDED,
    NEVER,
    /**
     * One of its own, with a temporary state directory, that ends with this client: slow, but right
     * where no daemon may live. Setting MUSTER_NO_DAEMON in the environment makes this of
     * IF_NEEDED.
     */
    PRIVATE
  }

  /**
   * What the daemon may see of the caller's environment: where credentials lie, and how to reach
   * servers.
   */
  private static final List<String> ENVIRONMENT =
      List.of(
          "HOME",
          "PATH",
          "USER",
          "KUBECONFIG",
          "XDG_CONFIG_HOME",
          "XDG_DATA_HOME",
          "XDG_STATE_HOME",
          "HTTPS_PROXY",
          "https_proxy",
          "HTTP_PROXY",
          "http_proxy",
          "NO_PROXY",
          "no_proxy",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "AWS_PROFILE",
          "AWS_REGION",
          "AWS_DEFAULT_REGION",
          "AWS_CONFIG_FILE",
          "AWS_SHARED_CREDENTIALS_FILE",
          "CLOUDSDK_CONFIG",
          "AZURE_CONFIG_DIR",
          "KUBERNETES_SERVICE_HOST",
          "KUBERNETES_SERVICE_PORT",
          "NB_PREFIX",
          "CF_SDK_CA_CERT_PATH",
          "RAY_AUTH_TOKEN",
          "RAY_AUTH_TOKEN_PATH",
          "CODEFLARE_TLS_DIR",
          "FLYTECTL_CONFIG");

  private static final int ATTEMPTS = 3;

  /**
   * How long a daemon may take to greet.
   *
   * @param first until its process is looked at: one that is stopped needs no more
   * @param more for one that is only slow
   */
  record Patience(Duration first, Duration more) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(2), Duration.ofSeconds(10));

    Greeting greeting(ManagedChannel channel, Places places) {
      Greeting greeting = Connection.greeting(channel, first);
      return greeting == Greeting.AWAITED && !SilentDaemon.at(places).isStopped()
          ? Connection.greeting(channel, more)
          : greeting;
    }
  }

  private final ManagedChannel channel;
  private final Map<String, String> environment;

  /** Its own; null if the daemon is the user's. */
  private final PrivateDaemon own;

  private DaemonClient(ManagedChannel channel, Map<String, String> environment, PrivateDaemon own) {
    this.channel = channel;
    this.environment = environment;
    this.own = own;
  }

  /** With the environment of this process. */
  public static DaemonClient connect(Places places, Start start) {
    return connect(places, start, System.getenv());
  }

  /**
   * @throws DaemonException when there is no daemon to be had, with the reason in words
   */
  public static DaemonClient connect(Places places, Start start, Map<String, String> environment) {
    return connect(places, start, environment, Patience.USUAL);
  }

  static DaemonClient connect(
      Places places, Start start, Map<String, String> environment, Patience patience) {
    BuildInfo mine = BuildInfo.current();
    if (start == Start.PRIVATE
        || (start == Start.IF_NEEDED
            && !environment.getOrDefault("MUSTER_NO_DAEMON", "").isEmpty())) {
      PrivateDaemon daemon = PrivateDaemon.start(environment);
      return new DaemonClient(Connection.open(daemon.places().socket(), mine), environment, daemon);
    }
    DaemonStarter starter = new DaemonStarter(places, environment);
    boolean running = Daemons.isRunning(places);
    if (running && start == Start.IF_NEEDED && isOutdated(places, mine)) {
      Daemons.stop(places);
      running = false;
    }
    // One that was killed a moment ago can still seem to run, twice at most.
    for (int i = 0; i < ATTEMPTS; i++) {
      if (!running) {
        if (start == Start.NEVER) {
          throw new DaemonException(DaemonException.Kind.NOT_RUNNING, "no daemon is running");
        }
        starter.start();
      }
      ManagedChannel channel = Connection.open(places.socket(), mine);
      Greeting greeting = patience.greeting(channel, places);
      if (greeting == Greeting.GIVEN) {
        return new DaemonClient(channel, environment, null);
      }
      channel.shutdownNow();
      if (greeting == Greeting.AWAITED) {
        throw SilentDaemon.at(places).failure(places);
      }
      running = false;
    }
    throw starter.failed("ended each time it had been started");
  }

  private static boolean isOutdated(Places places, BuildInfo mine) {
    return ReadyFile.read(places.ready())
        .filter(daemon -> isOlder(daemon, mine))
        // Starting the same program once more would make nothing newer, and each call would do it.
        .filter(daemon -> installed(places).map(jar -> isOlder(daemon, jar)).orElse(true))
        .isPresent();
  }

  private static Optional<BuildInfo> installed(Places places) {
    return Optional.ofNullable(places.library())
        .flatMap(library -> BuildInfo.of(library.resolve("musterd.jar")));
  }

  private static boolean isOlder(ReadyFile daemon, BuildInfo than) {
    return daemon.buildSeconds() < than.timeSeconds() || daemon.protocol() < than.protocol();
  }

  /** Whether another daemon with the same state can take the place of this one. */
  public boolean isReplaceable() {
    return own == null;
  }

  /** What the generated stubs are made from. */
  public Channel channel() {
    return channel;
  }

  /** What the daemon must know of where the command was typed. */
  public Caller caller() {
    Caller.Builder caller =
        Caller.newBuilder()
            .setDirectory(Path.of("").toAbsolutePath().toString())
            .setTerminal(System.console() != null && System.console().isTerminal());
    for (String name : ENVIRONMENT) {
      String value = environment.get(name);
      if (value != null) {
        caller.putEnvironment(name, value);
      }
    }
    return caller.build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    if (own != null) {
      own.close();
    }
  }
}
