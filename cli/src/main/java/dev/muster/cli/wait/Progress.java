package dev.muster.cli.wait;

import dev.muster.cli.Io;
import dev.muster.cli.output.Cells;
import dev.muster.cli.output.Estimates;
import dev.muster.v1.WaitUpdate;

/** What is happening meanwhile, on standard error. */
public interface Progress extends AutoCloseable {
  /** Shows a line; the same line again is no news. */
  void show(String line);

  /** Leaves the screen as if nothing had been shown, where that is possible. */
  @Override
  void close();

  static Progress on(Io io) {
    return io.errTerminal() ? new LiveProgress(io, TerminalWidth.of(io)) : new PlainProgress(io);
  }

  /**
   * The daemon's line with the name in front, and how long it usually takes; the state alone where
   * there is no line.
   */
  static String text(String name, WaitUpdate update) {
    String line = update.getLine().isBlank() ? update.getResource().getState() : update.getLine();
    String usual = update.hasEstimate() ? "; " + Estimates.text(update.getEstimate()) : "";
    return Cells.clean(name + ": " + line + usual);
  }
}
