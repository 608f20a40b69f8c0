package dev.muster.cli.output;

import dev.muster.cli.Out;
import dev.muster.v1.GetReply;
import dev.muster.v1.Layout;
import dev.muster.v1.ListChunk;

/** Cells with a tab between, for programs: what a table is in a pipe. */
public final class LinesOutput implements Output {
  private final Out out;
  private final boolean wide;
  private final boolean headers;
  private Columns columns = Columns.NONE;
  private boolean started;

  /**
   * @param wide whether the columns that only {@code -o wide} shows are printed
   * @param headers whether the titles are; never without a row
   */
  public LinesOutput(Out out, boolean wide, boolean headers) {
    this.out = out;
    this.wide = wide;
    this.headers = headers;
  }

  @Override
  public Layout layout() {
    return Layout.CELLS;
  }

  @Override
  public void add(ListChunk chunk) {
    if (columns.isEmpty()) {
      columns = Columns.of(chunk.getColumnsList(), wide);
    }
    for (int i = 0; i < chunk.getRowsCount(); i++) {
      if (!started && headers) {
        print(columns.header());
      }
      started = true;
      print(Cells.cleanRow(chunk.getRows(i)));
    }
  }

  @Override
  public void finish() {}

  @Override
  public void show(GetReply reply) {
    add(Output.listed(reply));
  }

  private void print(String row) {
    boolean[] shown = columns.shown();
    boolean first = true;
    int start = 0;
    for (int column = 0; column < shown.length; column++) {
      int tab = start > row.length() ? -1 : row.indexOf('\t', start);
      int end = tab < 0 ? row.length() : tab;
      if (shown[column]) {
        if (!first) {
          out.print("\t");
        }
        first = false;
        out.print(row, Math.min(start, end), end);
      }
      start = end + 1;
    }
    out.print("\n");
  }
}
