package dev.muster.cli.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A sandbox as a process sees it: it writes its file, and then is there until it is ended. */
final class FakeSandbox {
  private FakeSandbox() {}

  /**
   * @param args {@code --directory DIRECTORY --speed FACTOR}; the factor 666 makes it fail
   */
  public static void main(String... args) throws IOException, InterruptedException {
    if (args[3].equals("666")) {
      System.err.println("no port is free");
      System.exit(1);
    }
    Path file = Path.of(args[1], "sandbox.pid");
    Path half = Path.of(args[1], "half");
    Files.writeString(
        half, ProcessHandle.current().pid() + "\nhttps://127.0.0.1:" + args[3] + "\n");
    Files.move(half, file);
    new CountDownLatch(1).await();
  }
}
