package dev.muster.cli.output;

import dev.muster.cli.Out;
import dev.muster.v1.GetReply;
import dev.muster.v1.Layout;
import dev.muster.v1.ListChunk;

/** All columns, wide ones too, by RFC 4180 but with line feeds alone. */
public final class CsvOutput implements Output {
  private final Out out;
  private final boolean headers;
  private boolean started;

  public CsvOutput(Out out, boolean headers) {
    this.out = out;
    this.headers = headers;
  }

  @Override
  public Layout layout() {
    return Layout.CELLS;
  }

  @Override
  public void add(ListChunk chunk) {
    if (!started && headers && chunk.getColumnsCount() > 0) {
      print(Columns.of(chunk.getColumnsList(), true).header());
    }
    started = true;
    for (int i = 0; i < chunk.getRowsCount(); i++) {
      print(chunk.getRows(i));
    }
  }

  @Override
  public void finish() {}

  @Override
  public void show(GetReply reply) {
    add(Output.listed(reply));
  }

  private void print(String row) {
    String separator = "";
    for (String cell : row.split("\t", -1)) {
      out.print(separator).print(quoted(Cells.clean(cell)));
      separator = ",";
    }
    out.print("\n");
  }

  private static String quoted(String cell) {
    boolean plain = cell.indexOf(',') < 0 && cell.indexOf('"') < 0;
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
