package dev.muster.daemon.core;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A history in a process of its own, to be killed. */
final class ChildHistory implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ChildHistory(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  static ChildHistory start(Path directory) throws IOException {
    return new ChildHistory(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx96m",
                "-cp",
                System.getProperty("java.class.path"),
                ChildHistory.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** Records 25 changes, says so, and goes on recording until it is killed. */
  public static void main(String[] arguments) throws IOException {
    HistoryFixture daemon = new HistoryFixture(Path.of(arguments[0]));
    for (int i = 0; System.in.available() == 0; i++) {
      daemon.put(Rows.row("row-" + i));
      if (i == 24) {
        System.out.println("recorded " + daemon.entries().size());
      }
    }
  }

  String line() throws IOException {
    return output.readLine();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
