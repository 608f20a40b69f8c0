package dev.muster.cli.wait;

import dev.muster.cli.Io;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** How many columns the user's terminal has. */
final class TerminalWidth {
  private static final int USUAL = 80;

  private TerminalWidth() {}

  /** COLUMNS, else what stty(1) says, else 80. */
  static int of(Io io) {
    String columns = io.environment().getOrDefault("COLUMNS", "");
    return columns.isEmpty() ? parse(stty()) : parse("0 " + columns);
  }

  /** The second word of "24 80". */
  static int parse(String size) {
    int space = size.indexOf(' ');
    try {
      int width = Integer.parseInt(size.substring(space + 1).strip());
      return width > 10 ? width : USUAL;
    } catch (NumberFormatException e) {
      return USUAL;
    }
  }

  private static String stty() {
    try {
      Process process =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(1, TimeUnit.SECONDS)) {
        process.destroy();
        return "";
      }
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
