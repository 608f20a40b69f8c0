package dev.muster.daemon.sandbox.process;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command that runs on this machine, as its user, with everything that it starts: in a process
 * group of its own, so that all of it can be ended. It does not outlive the sandbox, not even one
 * that was killed: a watch in the group ends it then.
 */
public final class LocalProcess {

  /**
   * Makes the command the leader of a session, and so of a group, where there is setsid. Standard
   * input is a pipe whose other end only this process holds and never writes to. The watch reads
   * from it: it ends when this process does, or when the command does. Since the watch is of the
   * group, the group's number cannot be another's by then. It is no child of the command, which
   * might wait for all that it has, and holds nothing open that the command prints to.
   */
  private static final String LEAD =
      """
      command -v setsid >/dev/null 2>&1 || exec "$@" </dev/null
      exec setsid bash -c '
        below() { for child in $(cat /proc/$1/task/*/children); do below $child; echo $child; done; }
        exec 3<&0 </dev/null
        (
          {
            trap "" HUP INT TERM
            read -r _ <&3
            kill -KILL -- $(below $$) -$$
          } >/dev/null 2>&1 &
        )
        exec "$@" 3<&-' sandbox "$@"
      """;

  private final Process process;

  private LocalProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts a command. What it prints to standard error goes where its standard output goes.
   *
   * @param directory where it runs
   * @param environment all that it has, besides {@link Environment#basic}
   * @param output {@link Redirect#PIPE} to read it here
   * @throws IOException when the directory is missing; a missing command only ends with 127 or 126
   */
  public static LocalProcess start(
      List<String> command, Path directory, Map<String, String> environment, Redirect output)
      throws IOException {
    List<String> whole = new ArrayList<>(List.of("bash", "-c", LEAD, "sandbox"));
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole);
    builder.directory(directory.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(output);
    builder.environment().clear();
    builder.environment().putAll(Environment.basic());
    builder.environment().putAll(environment);
    return new LocalProcess(builder.start());
  }

  public long pid() {
    return process.pid();
  }

  /** What it prints. */
  public InputStream output() {
    return process.getInputStream();
  }

  /** Waits for the command's end, and gives its exit code; 128 and more are signals. */
  public int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  /**
   * Asks everything to end (SIGTERM), and after that time no longer asks (SIGKILL). Returns when
   * the command has ended.
   */
  public void stop(Duration grace) {
    List<ProcessHandle> tree = process.descendants().toList();
    signal("TERM");
    tree.forEach(ProcessHandle::destroy);
    boolean interrupted = false;
    try {
      process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    kill(tree);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends what is left of it at once (SIGKILL); also what the command has left behind. */
  public void kill() {
    kill(process.descendants().toList());
  }

  private void kill(List<ProcessHandle> tree) {
    signal("KILL");
    tree.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }

  /** To the whole group; there may be none any more. */
  private void signal(String name) {
    try {
      new ProcessBuilder("bash", "-c", "kill -s \"$1\" -- \"-$2\"", "kill", name, "" + pid())
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start()
          .onExit()
          .join();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
