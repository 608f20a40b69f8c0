package dev.muster.cli.wait;

import dev.muster.cli.Io;
import dev.muster.cli.output.Cells;

/**
 * One line that is redrawn in its place, never longer than the terminal is wide, and erased at the
 * end.
 */
final class LiveProgress implements Progress {
  private static final String ERASE = "\r\u001b[K";

  private final Io io;
  private final int width;
  private boolean shown;

  LiveProgress(Io io, int width) {
    this.io = io;
    this.width = width;
  }

  @Override
  public synchronized void show(String line) {
    io.err().print(ERASE).print(Cells.cut(line, width - 1)).flush();
    shown = true;
  }

  @Override
  public synchronized void close() {
    if (shown) {
      io.err().print(ERASE).flush();
      shown = false;
    }
  }
}
