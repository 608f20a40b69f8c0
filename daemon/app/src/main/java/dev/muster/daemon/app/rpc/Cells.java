package dev.muster.daemon.app.rpc;

import dev.muster.daemon.core.Ages;
import dev.muster.daemon.core.Column;
import dev.muster.daemon.core.Kind;
import dev.muster.daemon.core.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A row as a line of a table: what was computed when it was written, and its age, which only a
 * reader knows.
 */
final class Cells {
  private static final Column AGE = new Column("AGE", false);

  /** Of a list over several kinds. */
  static final List<Column> SHARED =
      List.of(
          new Column("KIND", false),
          new Column("NAME", false),
          new Column("NAMESPACE", false),
          new Column("STATE", false),
          new Column("READY", false),
          new Column("REASON", false));

  private Cells() {}

  static List<dev.muster.v1.Column> columns(Kind kind) {
    return withAge(kind.columns());
  }

  static List<dev.muster.v1.Column> shared() {
    return withAge(SHARED);
  }

  static String line(Row row, Instant now) {
    return row.cells() + "\t" + Ages.between(row.created(), now);
  }

  static String sharedLine(Row row, Instant now) {
    return String.join(
        "\t",
        row.key().kind(),
        row.key().name(),
        row.key().namespace(),
        row.state().name(),
        row.ready() ? "yes" : "no",
        row.reason().replaceAll("\\s+", " "),
        Ages.between(row.created(), now));
  }

  private static List<dev.muster.v1.Column> withAge(List<Column> columns) {
    List<dev.muster.v1.Column> all = new ArrayList<>(columns.size() + 1);
    columns.forEach(column -> all.add(Protos.column(column)));
    all.add(Protos.column(AGE));
    return all;
  }
}
