package dev.muster.daemon.core;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Which column holds what of a {@link Row}, in the order in which the statements of {@link Tables}
 * name them.
 */
final class Columns {
  /** Of {@code resource r}: all but key and body. */
  static final String LIGHT =
      "r.namespace, r.name, r.uid, r.version, r.state, r.native_state, r.ready, r.reason,"
          + " r.created, r.changed, r.observed, r.owner, r.labels, r.cells";

  private Columns() {}

  /** Reads a row; what is not among the columns is given. */
  static Row row(ResultSet result, String identity, String kind, boolean whole)
      throws SQLException {
    return new Row(
        new Key(identity, kind, result.getString(1), result.getString(2)),
        result.getString(3),
        result.getString(4),
        state(result.getString(5)),
        result.getString(6),
        result.getBoolean(7),
        result.getString(8),
        Times.decode(result.getLong(9)),
        Times.decode(result.getLong(10)),
        Times.decode(result.getLong(11)),
        result.getString(12),
        result.getString(13),
        result.getString(14),
        whole ? result.getString(15) : "",
        whole ? result.getString(16) : "");
  }

  private static State state(String name) throws SQLException {
    try {
      return State.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw H2Errors.damaged(e);
    }
  }

  static void setBody(PreparedStatement statement, Row row, long id) throws SQLException {
    statement.setString(1, row.details());
    statement.setString(2, row.object());
    statement.setLong(3, id);
  }

  static void setLight(PreparedStatement statement, Row row, long digest, long id)
      throws SQLException {
    statement.setString(1, row.uid());
    statement.setString(2, row.version());
    statement.setString(3, row.state().name());
    statement.setString(4, row.nativeState());
    statement.setBoolean(5, row.ready());
    statement.setString(6, row.reason());
    statement.setLong(7, Times.encode(row.created()));
    statement.setLong(8, Times.encode(row.changed()));
    statement.setLong(9, Times.encode(row.observed()));
    statement.setString(10, row.owner());
    statement.setString(11, row.labels());
    statement.setString(12, row.cells());
    statement.setLong(13, digest);
    statement.setLong(14, id);
  }
}
