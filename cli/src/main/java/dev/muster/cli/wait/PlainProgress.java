package dev.muster.cli.wait;

import dev.muster.cli.Io;

/** One line for each change, for logs and pipes. */
final class PlainProgress implements Progress {
  private final Io io;
  private String last = "";

  PlainProgress(Io io) {
    this.io = io;
  }

  @Override
  public void show(String line) {
    if (!line.equals(last)) {
      io.warn(line);
      last = line;
    }
  }

  @Override
  public void close() {}
}
