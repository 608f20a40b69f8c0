package dev.muster.daemon.app;

import dev.muster.daemon.app.lifecycle.DaemonLock;
import dev.muster.daemon.app.lifecycle.Options;
import dev.muster.daemon.core.Failure;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Files;
import java.time.Clock;
import org.jboss.logging.Logger;

/**
 * {@code musterd --socket PATH --state DIRECTORY --log FILE [--idle-stop ISO-DURATION]}: started by
 * the command, never by hand.
 *
 * <p>Exits 0 when asked to stop, 2 on wrong arguments, 75 when another daemon holds the lock.
 */
@QuarkusMain
public class Main implements QuarkusApplication {
  private static final Logger LOG = Logger.getLogger(Main.class);
  private static final int USAGE = 2;
  private static final int LOCKED = 75;

  /**
   * Takes the lock before anything else is started: the loser of a double start must cost nothing.
   */
  public static void main(String... args) throws Exception {
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println("musterd: " + e.getMessage());
      System.exit(USAGE);
      return;
    }
    Files.createDirectories(options.state());
    if (!DaemonLock.acquire(options.lock())) {
      System.exit(LOCKED);
    }
    System.setProperty("quarkus.log.file.path", options.log().toString());
    Quarkus.run(Main.class, args);
  }

  @Override
  public int run(String... args) {
    try (Daemon daemon = Daemon.start(Options.parse(args), Clock.systemUTC())) {
      daemon.whenToldToStop(Quarkus::asyncExit);
      Quarkus.waitForExit();
      return 0;
    } catch (Failure e) {
      LOG.error(e.getMessage());
      return 1;
    }
  }
}
