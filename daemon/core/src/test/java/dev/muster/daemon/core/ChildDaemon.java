package dev.muster.daemon.core;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A cache and its history in a process of their own, written to until they are killed. */
final class ChildDaemon implements AutoCloseable {
  /** Objects of which some fill a page of the file. */
  private static final String OBJECT = "x".repeat(2_000);

  private static final int BETWEEN_REPORTS = 5;

  private final Process process;
  private final BufferedReader output;

  private ChildDaemon(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * @param name what its rows are called, with a number behind it
   */
  static ChildDaemon start(Path directory, String name, long after) throws IOException {
    return new ChildDaemon(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xmx96m",
                "-cp",
                System.getProperty("java.class.path"),
                ChildDaemon.class.getName(),
                directory.toString(),
                name,
                String.valueOf(after))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** Makes a row and takes another one to its next state, for ever; says the newest cursor. */
  public static void main(String[] arguments) throws IOException {
    HistoryFixture daemon = new HistoryFixture(Path.of(arguments[0]));
    long after = Long.parseLong(arguments[2]);
    for (int i = 0; System.in.available() == 0; i++) {
      daemon.put(Rows.holding(OBJECT + i, Rows.row(arguments[1] + "-" + i)));
      if (i > 0) {
        Row before = Rows.row(arguments[1] + "-" + (i - 1));
        daemon.put(Rows.in(State.READY, Rows.at("101", before)));
      }
      if (i % BETWEEN_REPORTS == 0) {
        List<HistoryEntry> news = daemon.history.read(HistoryFixture.query(after));
        after = news.isEmpty() ? after : news.getLast().cursor();
        System.out.println(after);
      }
    }
  }

  /** The newest cursor that a reader was given. */
  long reported() throws IOException {
    return Long.parseLong(output.readLine());
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
