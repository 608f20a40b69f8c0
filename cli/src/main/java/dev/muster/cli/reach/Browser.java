package dev.muster.cli.reach;

import dev.muster.cli.Io;
import java.io.IOException;
import java.util.List;

/** The person's browser: {@code $BROWSER}, else what xdg-open(1) finds. */
final class Browser {
  private Browser() {}

  /** Does not wait for it. That there is none is no failure, since the address is printed. */
  static void open(Io io, String url) {
    String own = io.environment().getOrDefault("BROWSER", "");
    String program = own.isEmpty() ? "xdg-open" : own.split(":", 2)[0];
    try {
      new ProcessBuilder(List.of(program, url))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      io.warn("open it in your browser; '%s' cannot be run here".formatted(program));
    }
  }
}
