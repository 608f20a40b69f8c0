package dev.muster.daemon.app.answers;

import dev.muster.daemon.core.Column;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Row;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which rows a list shows by what is in their cells: a cell fits a value if it is that, or a list
 * with that in it ("a,b").
 */
public final class Matching {
  private Matching() {}

  /**
   * @param column the title of a column, in any case
   * @param columns of the table
   * @throws Failure {@link Failure.Kind#USAGE} if there is no such column
   */
  public static Predicate<Row> by(String column, String value, List<Column> columns) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).title().equalsIgnoreCase(column)) {
        int index = i;
        return row -> List.of(cell(row, index).split(",", -1)).contains(value);
      }
    }
    throw new Failure(
        Failure.Kind.USAGE,
        "there is no column '%s' to choose by; there are %s"
            .formatted(column, String.join(", ", columns.stream().map(Column::title).toList())));
  }

  private static String cell(Row row, int index) {
    String[] cells = row.cells().split("\t", -1);
    return index < cells.length ? cells[index] : "";
  }
}
