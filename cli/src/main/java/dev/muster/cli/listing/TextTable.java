package dev.muster.cli.listing;

import dev.muster.cli.CliFailure;
import dev.muster.cli.Io;
import dev.muster.cli.options.OutputOptions;
import dev.muster.cli.output.Json;
import dev.muster.cli.output.Output;
import dev.muster.v1.Column;
import dev.muster.v1.ListChunk;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A list of what is no resource: as a table, as csv, or as records in JSON. */
public final class TextTable {
  private final List<Column> columns;

  private TextTable(List<Column> columns) {
    this.columns = columns;
  }

  public static TextTable of(String... titles) {
    return new TextTable(
        List.of(titles).stream()
            .map(
                title ->
                    Column.newBuilder()
                        .setTitle(title.replace("+", ""))
                        .setWide(title.startsWith("+")) // shown by -o wide only
                        .build())
            .toList());
  }

  /**
   * @throws CliFailure if it has no such form
   */
  public void check(OutputOptions output) {
    if (!output.isText() && !output.isJson() && !output.isCsv()) {
      throw CliFailure.usage("-o takes table, wide, csv or json here");
    }
  }

  /**
   * @param rows the cells of each
   * @param records the same for scripts
   */
  public void print(
      Io io, OutputOptions output, List<List<String>> rows, List<Map<String, Object>> records) {
    if (output.isJson()) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("items", records);
      Json.print(io.out(), all);
    } else {
      Output printer = output.output(io);
      ListChunk.Builder chunk = ListChunk.newBuilder().addAllColumns(columns);
      rows.forEach(row -> chunk.addRows(String.join("\t", row.stream().map(this::cell).toList())));
      printer.add(chunk.build());
      printer.finish();
    }
    io.out().flush();
  }

  private String cell(String text) {
    return text.replaceAll("\\s+", " ");
  }
}
