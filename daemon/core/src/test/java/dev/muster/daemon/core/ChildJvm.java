package dev.muster.daemon.core;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;

/** A cache in a process of its own, which can be killed, or be told that the disk is full. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * @param mostBlocks how large a file may become there, in KiB; 0: as large as it likes
   */
  static ChildJvm start(Path directory, int rows, int mostBlocks) throws IOException {
    String limit = mostBlocks == 0 ? "" : "ulimit -f " + mostBlocks + "; ";
    Process process =
        new ProcessBuilder(
                "bash",
                "-c",
                limit + "exec \"$0\" \"$@\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx96m",
                "-cp",
                System.getProperty("java.class.path"),
                ChildJvm.class.getName(),
                directory.toString(),
                String.valueOf(rows))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new ChildJvm(process);
  }

  /** Writes rows, says what it holds, and waits to be ended. */
  public static void main(String[] arguments) throws Exception {
    Cache cache = Cache.open(Path.of(arguments[0]), "1", Clock.systemUTC());
    QueuedWriter writer = new QueuedWriter(cache, new ChangeFeed(), Clock.systemUTC());
    int rows = Integer.parseInt(arguments[1]);
    String object = "x".repeat(2_000);
    for (int i = 0; i < rows; i++) {
      writer.put(Rows.holding(object + i, Rows.row("row-%05d".formatted(i))));
    }
    writer.await(writer.lastEnqueued());
    flush(cache);
    if (!cache.degraded().isEmpty()) {
      System.out.println("degraded " + cache.degraded());
    }
    System.out.println("written");
    for (int i = rows; System.in.available() == 0; i++) {
      // Killed while it writes, not while it rests.
      writer.await(writer.put(Rows.holding(object + i, Rows.row("late-%05d".formatted(i % 500)))));
    }
  }

  /** H2 writes to the file within half a second of a commit; a test does not wait for that. */
  private static void flush(Cache cache) throws SQLException {
    cache.write(
        tables -> {
          try (Statement statement = tables.connection().createStatement()) {
            return statement.execute("CHECKPOINT SYNC");
          }
        });
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
