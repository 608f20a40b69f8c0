package dev.muster.cli.job;

import dev.muster.cli.Io;
import dev.muster.cli.output.Cells;
import dev.muster.cli.wait.Progress;
import dev.muster.v1.SubmitUpdate;
import java.util.Locale;

/**
 * What takes time before a job is submitted: on a terminal one line with a bar that is redrawn,
 * elsewhere one line for each phase.
 */
final class SubmitProgress implements AutoCloseable {
  private static final int BAR = 20;

  private final Progress progress;
  private final boolean live;
  private String last = "";

  SubmitProgress(Io io) {
    progress = Progress.on(io);
    live = io.errTerminal();
  }

  void show(SubmitUpdate update) {
    String line = Cells.clean(live ? bar(update) : update.getPhase());
    if (!line.isEmpty() && !line.equals(last)) {
      progress.show(line);
      last = line;
    }
  }

  /** "sending [#####...............] 25% of 50.0 MB". */
  static String bar(SubmitUpdate update) {
    long total = update.getTotalBytes();
    long done = update.getDoneBytes();
    if (total <= 0) {
      return update.getPhase() + (done == 0 ? "" : " " + megabytes(done));
    }
    int percent = (int) (100.0 * Math.clamp(done, 0, total) / total);
    int filled = percent * BAR / 100;
    return "%s [%s%s] %d%% of %s"
        .formatted(
            update.getPhase(),
            "#".repeat(filled),
            ".".repeat(BAR - filled),
            percent,
            megabytes(total));
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  @Override
  public void close() {
    progress.close();
  }
}
