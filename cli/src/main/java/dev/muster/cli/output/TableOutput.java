package dev.muster.cli.output;

import dev.muster.cli.Out;
import dev.muster.v1.GetReply;
import dev.muster.v1.Layout;
import dev.muster.v1.ListChunk;
import java.util.ArrayList;
import java.util.List;

/** Aligned columns, for people: {@code -o table} and {@code -o wide} on a terminal. */
public final class TableOutput implements Output {
  private static final int GAP = 3;

  private final Out out;
  private final boolean wide;
  private final boolean headers;
  private final List<String> rows = new ArrayList<>();
  private Columns columns = Columns.NONE;

  /**
   * @param wide whether the columns that only {@code -o wide} shows are shown
   * @param headers whether the titles are
   */
  public TableOutput(Out out, boolean wide, boolean headers) {
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
      rows.add(Cells.cleanRow(chunk.getRows(i)));
    }
  }

  @Override
  public void finish() {
    if (rows.isEmpty()) {
      return;
    }
    if (headers) {
      rows.addFirst(columns.header());
    }
    int[] widths = widths();
    for (String row : rows) {
      print(row, widths);
    }
  }

  @Override
  public void show(GetReply reply) {
    add(Output.listed(reply));
    finish();
  }

  private int[] widths() {
    int[] widths = new int[columns.shown().length];
    for (String row : rows) {
      int start = 0;
      for (int column = 0; column < widths.length && start <= row.length(); column++) {
        int end = end(row, start);
        widths[column] = Math.max(widths[column], Cells.width(row, start, end));
        start = end + 1;
      }
    }
    return widths;
  }

  private void print(String row, int[] widths) {
    int last = columns.last();
    int start = 0;
    int owed = 0; // spaces are printed before the next text, so that no line ends with some
    for (int column = 0; column <= last && start <= row.length(); column++) {
      int end = end(row, start);
      if (columns.shown()[column]) {
        if (end > start) {
          out.spaces(owed).print(row, start, end);
          owed = 0;
        }
        owed += widths[column] - Cells.width(row, start, end) + GAP;
      }
      start = end + 1;
    }
    out.print("\n");
  }

  private static int end(String row, int start) {
    int tab = row.indexOf('\t', start);
    return tab < 0 ? row.length() : tab;
  }
}
