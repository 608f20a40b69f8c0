package dev.muster.proto;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where one user's daemon lives. There is one daemon for each user and state directory.
 *
 * @param runDirectory holds the socket, the locks and the ready file; 0700
 * @param socket the Unix socket, at most {@link Wire#MAX_SOCKET_PATH} bytes
 * @param stateDirectory holds the cache and the log, over restarts
 * @param log the daemon's log file
 * @param library where musterd.jar lies, or null when none was found
 */
public record Places(Path runDirectory, Path socket, Path stateDirectory, Path log, Path library) {

  /**
   * By the XDG base directory specification: state in {@code $XDG_STATE_HOME/muster}, the socket in
   * {@code $XDG_RUNTIME_DIR/muster}, or below the state directory where that variable is unset or
   * names a directory that is not there, or in {@code /tmp/muster-USER} where the path would be too
   * long for a socket.
   */
  public static Places of(Map<String, String> environment) {
    Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    Path state =
        directory(environment, "XDG_STATE_HOME", home.resolve(".local/state"))
            .resolve("muster")
            .toAbsolutePath()
            .normalize();
    return at(state, environment);
  }

  /** The places of a daemon with that state directory. */
  public static Places at(Path state, Map<String, String> environment) {
    String name = "musterd-" + digest(state.toString());
    Path run = directory(environment, "XDG_RUNTIME_DIR", null);
    run =
        run != null && Files.isDirectory(run, LinkOption.NOFOLLOW_LINKS)
            ? run.resolve("muster")
            : state.resolve("run");
    if (bytes(run.resolve(name + ".sock")) > Wire.MAX_SOCKET_PATH) {
      run = Path.of("/tmp", "muster-" + System.getProperty("user.name"));
    }
    return new Places(
        run,
        run.resolve(name + ".sock"),
        state,
        state.resolve("musterd.log"),
        library(environment));
  }

  /** Held by the daemon for its whole life. */
  public Path lock() {
    return sibling(".lock");
  }

  /** Held by the command that starts the daemon, until that answers. */
  public Path starting() {
    return sibling(".starting");
  }

  /**
   * Written last when the daemon is ready, removed when it ends: process id, build time and
   * protocol, a line each.
   */
  public Path ready() {
    return sibling(".ready");
  }

  /** What the daemon's Java itself says, such as that memory ran out; begun anew at each start. */
  public Path output() {
    return stateDirectory.resolve("musterd.out");
  }

  private Path sibling(String ending) {
    String name = socket.getFileName().toString();
    return socket.resolveSibling(name.substring(0, name.length() - ".sock".length()) + ending);
  }

  private static Path directory(Map<String, String> environment, String variable, Path otherwise) {
    String value = environment.getOrDefault(variable, "");
    return value.startsWith("/") ? Path.of(value) : otherwise;
  }

  private static int bytes(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * 64 bits of FNV-1a: no security rests on it, and SHA-256 would cost the command a millisecond.
   */
  private static String digest(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return Long.toHexString(hash);
  }

  private static Path library(Map<String, String> environment) {
    String home = environment.get("MUSTER_HOME");
    if (home != null && !home.isEmpty()) {
      return Path.of(home, "lib");
    }
    try {
      Path executable = Path.of("/proc/self/exe").toRealPath();
      Path lib = executable.getParent().resolveSibling("lib");
      return Files.exists(lib.resolve("musterd.jar")) ? lib : null;
    } catch (java.io.IOException e) {
      return null; // no /proc on this system: MUSTER_HOME is the way
    }
  }
}
