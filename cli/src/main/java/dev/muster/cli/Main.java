package dev.muster.cli;

import dev.muster.cli.client.DaemonBackend;
import dev.muster.proto.Places;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Where the process starts. Quarkus builds it and makes the native image of it; its run time
 * (beans, configuration, logging) is not started, since a command needs none of that and it would
 * cost several milliseconds of each call.
 */
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... args) {
    boolean nativeImage = System.getProperty("org.graalvm.nativeimage.imagecode") != null;
    if (!nativeImage) {
      // What Quarkus' libraries expect; else they complain on standard error.
      System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
    }
    Io io = Io.system();
    Muster muster =
        new Muster(
            io,
            () -> Places.of(io.environment()),
            start -> DaemonBackend.connect(Places.of(io.environment()), start, io.outTerminal()),
            CalledAs.name());
    int code = muster.run(args).number();
    if (nativeImage) {
      Runtime.getRuntime().halt(code); // an exit would look for a logger to tell, for a millisecond
    }
    System.exit(code); // shutdown hooks of agents, such as those that measure coverage
  }
}
