package dev.muster.cli.output;

import dev.muster.v1.Column;
import java.util.List;

/**
 * Which columns of a row are shown.
 *
 * @param titles of all columns, shown or not
 * @param shown by index
 */
record Columns(List<String> titles, boolean[] shown) {
  static final Columns NONE = new Columns(List.of(), new boolean[0]);

  static Columns of(List<Column> columns, boolean wide) {
    boolean[] shown = new boolean[columns.size()];
    for (int i = 0; i < shown.length; i++) {
      shown[i] = wide || !columns.get(i).getWide();
    }
    return new Columns(columns.stream().map(Column::getTitle).toList(), shown);
  }

  boolean isEmpty() {
    return titles.isEmpty();
  }

  int last() {
    int last = shown.length - 1;
    while (last > 0 && !shown[last]) {
      last--;
    }
    return last;
  }

  /** The titles as a row. */
  String header() {
    return String.join("\t", titles);
  }
}
