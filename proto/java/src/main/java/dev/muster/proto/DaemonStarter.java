package dev.muster.proto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts a daemon in a session of its own, with no inherited terminal, pipe or secret, and waits
 * until it can be reached. Of many who would start one at once, the one whose turn it is does, and
 * the others wait for that one.
 */
final class DaemonStarter {
  /** How the daemon ends when another holds the lock. */
  static final int LOCKED = 75;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** How long another daemon may hold its lock and not be reached, before it is tried once more. */
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(3);

  /**
   * What a daemon may know of the shell that happened to start it; everything else comes with each
   * request.
   */
  private static final List<String> KEPT =
      List.of(
          "HOME",
          "USER",
          "LOGNAME",
          "PATH",
          "LANG",
          "LC_ALL",
          "TZ",
          "TMPDIR",
          "XDG_RUNTIME_DIR",
          "XDG_STATE_HOME",
          "XDG_CONFIG_HOME",
          "XDG_CACHE_HOME",
          "MUSTER_HOME");

  private final Places places;
  private final Map<String, String> environment;

  DaemonStarter(Places places, Map<String, String> environment) {
    this.places = places;
    this.environment = environment;
  }

  void start() {
    SocketDirectory.create(places.runDirectory());
    try (StartTurn turn = StartTurn.at(places.starting())) {
      start(turn);
    } catch (IOException e) {
      throw new DaemonException(
          DaemonException.Kind.START_FAILED,
          "the daemon cannot be started: %s".formatted(e.getMessage()));
    }
  }

  private void start(StartTurn turn) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    Process process = null;
    long again = 0;
    long pause = 5;
    while (!Connection.isOpen(places.socket())) {
      boolean locked = hasEnded(process) && process.exitValue() == LOCKED;
      if (hasEnded(process) && !locked) {
        throw failed("ended at once (exit " + process.exitValue() + ")");
      }
      if (process == null ? turn.isMine() : locked && System.nanoTime() > again) {
        // The first one, or whoever held the lock was about to end, or is slow to start.
        process = spawn();
        again = System.nanoTime() + AGAIN_NANOS;
      }
      if (System.nanoTime() > deadline) {
        throw failed("did not answer");
      }
      pause(pause);
      pause = Math.min(pause + 5, 50);
    }
  }

  private static boolean hasEnded(Process process) {
    return process != null && !process.isAlive();
  }

  private void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was not waited for");
    }
  }

  private Process spawn() {
    List<String> command = command();
    ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
    Map<String, String> child = builder.environment();
    child.keySet().retainAll(KEPT);
    try {
      PrivateFiles.directory(places.stateDirectory());
      Path output = places.output();
      PrivateFiles.empty(output);
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      builder.redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.to(output.toFile()));
      return builder.start();
    } catch (IOException e) {
      throw new DaemonException(
          DaemonException.Kind.START_FAILED,
          "the daemon cannot be started: %s".formatted(e.getMessage()));
    }
  }

  private List<String> command() {
    Path jar = places.library() == null ? null : places.library().resolve("musterd.jar");
    if (jar == null || !Files.isReadable(jar)) {
      throw new DaemonException(
          DaemonException.Kind.START_FAILED,
          "the daemon's program musterd.jar is not beside this command; set MUSTER_HOME to the directory that has lib/musterd.jar");
    }
    Path java =
        JavaRuntime.find(environment, places.library())
            .orElseThrow(
                () ->
                    new DaemonException(
                        DaemonException.Kind.START_FAILED,
                        "the daemon needs Java 25 or newer and none was found; install one and set JAVA_HOME to it"));
    List<String> command = new ArrayList<>();
    Path setsid = Path.of("/usr/bin/setsid");
    if (Files.isExecutable(setsid)) {
      command.add(setsid.toString());
    }
    // Every file that the daemon ever makes, rotated logs included, is for its user alone.
    command.addAll(List.of("/bin/sh", "-c", "umask 077; exec \"$0\" \"$@\""));
    command.add(java.toString());
    command.addAll(DaemonFlags.SHIPPED);
    command.addAll(DaemonFlags.compilers(places.library()));
    Path aot = places.library().resolve("musterd.aot");
    if (Files.isReadable(aot)) {
      command.add("-XX:AOTCache=" + aot);
    }
    String extra = environment.getOrDefault("MUSTER_JAVA_OPTIONS", "");
    if (!extra.isBlank()) {
      command.addAll(List.of(extra.strip().split("\\s+")));
    }
    command.addAll(
        List.of(
            "-jar",
            jar.toString(),
            "--socket",
            places.socket().toString(),
            "--state",
            places.stateDirectory().toString(),
            "--log",
            places.log().toString()));
    return command;
  }

  DaemonException failed(String what) {
    List<String> lines = new ArrayList<>(LogTail.last(places.log(), 5));
    lines.addAll(LogTail.last(places.output(), 5));
    lines.removeIf(DaemonFlags::saysWith);
    String tail = lines.isEmpty() ? "" : "; its last lines:\n  " + String.join("\n  ", lines);
    return new DaemonException(
        DaemonException.Kind.START_FAILED,
        "the daemon %s; its log is %s%s".formatted(what, places.log(), tail));
  }
}
