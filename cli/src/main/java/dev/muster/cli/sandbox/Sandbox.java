package dev.muster.cli.sandbox;

import dev.muster.cli.CliFailure;
import dev.muster.cli.ExitCode;
import dev.muster.cli.Session;
import dev.muster.proto.JavaRuntime;
import dev.muster.proto.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The simulated Kubernetes: a process of its own, started and ended here, with its files in {@code
 * sandbox/} of the state directory. It writes {@code sandbox.pid} (its process id and its URL) when
 * it can be reached.
 */
final class Sandbox {
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long PAUSE_MILLIS = 20;

  /**
   * A sandbox that runs.
   *
   * @param pid its process
   * @param url of its API server
   */
  record Running(long pid, String url) {}

  private final Session session;
  private final Path directory;

  Sandbox(Session session) {
    this.session = session;
    this.directory = session.places().stateDirectory().resolve("sandbox");
  }

  /** Empty if none runs; a process id that now belongs to something else counts for nothing. */
  Optional<Running> running() {
    try {
      String[] words = Files.readString(directory.resolve("sandbox.pid")).strip().split("\\s+", 2);
      long pid = Long.parseLong(words[0]);
      String url = words.length > 1 ? words[1].strip() : "";
      return isOurs(pid) ? Optional.of(new Running(pid, url)) : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * @param speed how many times faster than in truth things happen
   * @throws CliFailure if it does not come up, with the last lines of its log
   */
  Running start(String speed) {
    Path log = directory.resolve("sandbox.log");
    Process process;
    try {
      PrivateFiles.directory(directory);
      PrivateFiles.empty(log);
      Files.deleteIfExists(directory.resolve("sandbox.pid"));
      process =
          new ProcessBuilder(command(speed))
              .directory(Path.of("/").toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw new CliFailure(ExitCode.FAILED, "the sandbox cannot be started: " + e.getMessage());
    }
    long end = System.nanoTime() + START_NANOS;
    while (process.isAlive() && System.nanoTime() < end) {
      Optional<Running> running = running();
      if (running.isPresent()) {
        return running.get();
      }
      pause();
    }
    String what = process.isAlive() ? "does not answer" : "ended at once";
    process.destroy();
    throw new CliFailure(
        ExitCode.FAILED, "the sandbox %s; its log is %s%s".formatted(what, log, tail(log)));
  }

  /**
   * Asks it to end and waits until it has.
   *
   * @throws CliFailure if it does not end
   */
  void stop(Running running) {
    Optional<ProcessHandle> process = ProcessHandle.of(running.pid());
    process.ifPresent(ProcessHandle::destroy);
    long end = System.nanoTime() + STOP_NANOS;
    while (isOurs(running.pid())) {
      if (System.nanoTime() > end) {
        throw new CliFailure(
            ExitCode.FAILED,
            "the sandbox, process %d, does not end; its log is %s"
                .formatted(running.pid(), directory.resolve("sandbox.log")));
      }
      pause();
    }
  }

  private List<String> command(String speed) {
    Path library = session.places().library();
    String named = session.io().environment().getOrDefault("MUSTER_SANDBOX_JAR", "");
    Path jar = named.isEmpty() && library != null ? library.resolve("muster-sandbox.jar") : null;
    jar = named.isEmpty() ? jar : Path.of(named);
    if (jar == null || !Files.isReadable(jar)) {
      throw new CliFailure(
          ExitCode.FAILED,
          "the sandbox's program muster-sandbox.jar is not beside the daemon's; set MUSTER_HOME to the directory that has lib/muster-sandbox.jar");
    }
    Path java =
        JavaRuntime.find(session.io().environment(), library)
            .orElseThrow(
                () ->
                    new CliFailure(
                        ExitCode.FAILED,
                        "the sandbox needs Java 25 or newer and none was found; install one and set JAVA_HOME to it"));
    List<String> command = new ArrayList<>();
    Path setsid = Path.of("/usr/bin/setsid");
    if (Files.isExecutable(setsid)) {
      command.add(setsid.toString()); // else an interrupt in this terminal would end it too
    }
    command.addAll(
        List.of(
            java.toString(),
            "-jar",
            jar.toAbsolutePath().toString(),
            "--directory",
            directory.toString(),
            "--speed",
            speed));
    return command;
  }

  /** By its command line, which names our directory: process ids are used again. */
  private boolean isOurs(long pid) {
    Path commandLine = Path.of("/proc/" + pid + "/cmdline");
    try {
      if (Files.exists(commandLine)) {
        return Files.readString(commandLine, StandardCharsets.ISO_8859_1)
            .contains(directory.toString());
      }
      return !Files.exists(Path.of("/proc/self"))
          && ProcessHandle.of(pid)
              .flatMap(process -> process.info().commandLine())
              .filter(line -> line.contains(directory.toString()))
              .isPresent();
    } catch (IOException e) {
      return false; // it ended while it was looked at
    }
  }

  private static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      List<String> last = lines.subList(Math.max(0, lines.size() - 5), lines.size());
      return last.isEmpty() ? "" : ":\n  " + String.join("\n  ", last);
    } catch (IOException e) {
      return "";
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliFailure(ExitCode.INTERRUPTED, "interrupted");
    }
  }
}
