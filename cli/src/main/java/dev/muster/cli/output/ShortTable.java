package dev.muster.cli.output;

import dev.muster.cli.Io;
import dev.muster.v1.Column;
import dev.muster.v1.ListChunk;
import java.util.List;

/** A table of a few rows that a command puts together itself, all columns of it. */
public final class ShortTable {
  private ShortTable() {}

  /**
   * Aligned on a terminal, lines of tab-separated cells in a pipe; nothing without rows.
   *
   * @param rows each with its cells tab-joined, one for each title
   */
  public static void print(Io io, List<String> titles, List<String> rows) {
    ListChunk.Builder table = ListChunk.newBuilder().addAllRows(rows);
    titles.forEach(title -> table.addColumns(Column.newBuilder().setTitle(title)));
    Output output =
        io.outTerminal()
            ? new TableOutput(io.out(), true, true)
            : new LinesOutput(io.out(), true, true);
    output.add(table.build());
    output.finish();
    io.out().flush();
  }
}
