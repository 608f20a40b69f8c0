package dev.muster.cli.client;

import dev.muster.cli.Session;
import dev.muster.proto.DaemonException;
import dev.muster.proto.Places;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Takes a call that only reads up again when the daemon that answered it is gone: killed, replaced,
 * restarted. The next one is started as for a first call, for as long as that makes sense; then the
 * failure stands as if nothing had been tried.
 */
public final class Resumption {
  /** How often in a row a daemon may be lost at once. */
  private static final int ATTEMPTS = 3;

  /** One that answered for so long was not lost at once. */
  private static final Duration LONG = Duration.ofSeconds(10);

  /** How long whoever told a daemon to end may take to start another. */
  private static final Duration SUCCESSION = Duration.ofSeconds(5);

  /** How long it is tried to start one: its program can be missing while it is replaced. */
  private static final Duration STARTS = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Session session;
  private final BooleanSupplier possible;

  /**
   * @param possible asked when a call broke off: whether it can be taken up
   */
  public Resumption(Session session, BooleanSupplier possible) {
    this.session = session;
    this.possible = possible;
  }

  /**
   * @param call uses the session's channel, and asks for what it has not got yet; is given how long
   *     it was since the first one began
   */
  public <T> T of(Function<Duration, T> call) {
    long first = System.nanoTime();
    int lost = 0;
    for (Duration elapsed = Duration.ZERO; ; elapsed = since(first)) {
      long begun = System.nanoTime();
      try {
        return call.apply(elapsed);
      } catch (StatusRuntimeException e) {
        LostDaemon how = LostDaemon.of(e);
        boolean gone = how == LostDaemon.GONE || how == LostDaemon.STOPPED;
        lost = since(begun).compareTo(LONG) > 0 ? 1 : lost + 1;
        if (!gone || lost > ATTEMPTS || !session.isReplaceable() || !possible.getAsBoolean()) {
          throw e;
        }
        session.disconnect();
        if (how == LostDaemon.STOPPED) {
          awaitSuccessor(session.places());
        }
        pause(PAUSE.multipliedBy(lost * lost));
        connect();
        session.io().warn("note: the daemon was restarted; going on");
      }
    }
  }

  /**
   * An older command's daemon must not come before that of the newer one that told it to end. The
   * file is there while a daemon can be reached.
   */
  private static void awaitSuccessor(Places places) {
    long begun = System.nanoTime();
    while (!Files.exists(places.ready()) && since(begun).compareTo(SUCCESSION) < 0) {
      pause(PAUSE);
    }
  }

  private void connect() {
    long begun = System.nanoTime();
    while (true) {
      try {
        var unused = session.channel();
        return;
      } catch (DaemonException e) {
        boolean later = e.kind() == DaemonException.Kind.START_FAILED;
        if (!later || since(begun).compareTo(STARTS) > 0) {
          throw e;
        }
        pause(PAUSE.multipliedBy(10));
      }
    }
  }

  private static Duration since(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static void pause(Duration length) {
    try {
      Thread.sleep(length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
