package dev.muster.daemon.app.lifecycle;

import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/**
 * What the command that started the daemon decided.
 *
 * @param socket where to listen
 * @param state where the cache and the log lie
 * @param log the log file
 * @param idleStop how long nobody may call before the daemon ends by itself
 */
public record Options(Path socket, Path state, Path log, Duration idleStop) {
  private static final Duration DEFAULT_IDLE_STOP = Duration.ofHours(3);

  /** Throws IllegalArgumentException with a sentence. */
  public static Options parse(String... args) {
    Path socket = null;
    Path state = null;
    Path log = null;
    Duration idle = DEFAULT_IDLE_STOP;
    for (int i = 0; i + 1 < args.length; i += 2) {
      switch (args[i]) {
        case "--socket" -> socket = Path.of(args[i + 1]);
        case "--state" -> state = Path.of(args[i + 1]);
        case "--log" -> log = Path.of(args[i + 1]);
        case "--idle-stop" -> idle = duration(args[i + 1]);
        default -> throw new IllegalArgumentException("unknown argument " + args[i]);
      }
    }
    if (args.length % 2 != 0 || socket == null || state == null || log == null) {
      throw new IllegalArgumentException(
          "usage: musterd --socket PATH --state DIRECTORY --log FILE [--idle-stop PT3H]");
    }
    return new Options(socket, state, log, idle);
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "--idle-stop: " + text + " is not an ISO 8601 duration such as PT3H", e);
    }
  }

  /** Held for life beside the socket. */
  public Path lock() {
    return sibling(".lock");
  }

  /** Written last, when the daemon can be reached. */
  public Path ready() {
    return sibling(".ready");
  }

  private Path sibling(String ending) {
    return socket.resolveSibling(
        socket.getFileName().toString().replaceFirst("\\.sock$", "") + ending);
  }
}
