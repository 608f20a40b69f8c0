package dev.muster.daemon.core;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables of the history and how older ones become them: each version is what has to be done to
 * the one before. A version that was published is never changed, since people have files of it.
 *
 * <p>Times are nanoseconds since the epoch; a state that there is none of is the empty text.
 */
final class HistorySchema {
  static final List<List<String>> VERSIONS =
      List.of(
          List.of(
              "CREATE TABLE meta (version INT NOT NULL, next_cursor BIGINT NOT NULL)",
              "INSERT INTO meta (version, next_cursor) VALUES (0, 2)",
              """
              CREATE TABLE entry (
                id BIGINT PRIMARY KEY,
                at BIGINT NOT NULL,
                context VARCHAR NOT NULL,
                identity VARCHAR NOT NULL,
                kind VARCHAR NOT NULL,
                namespace VARCHAR NOT NULL,
                name VARCHAR NOT NULL,
                uid VARCHAR NOT NULL,
                from_state VARCHAR NOT NULL,
                to_state VARCHAR NOT NULL,
                native_state VARCHAR NOT NULL,
                reason VARCHAR NOT NULL,
                queue VARCHAR NOT NULL,
                found BOOLEAN NOT NULL
              )""",
              "CREATE INDEX entry_key ON entry (identity, kind, namespace, name, id)",
              "CREATE INDEX entry_at ON entry (at)",
              """
              CREATE TABLE run (
                identity VARCHAR NOT NULL,
                kind VARCHAR NOT NULL,
                queue VARCHAR NOT NULL,
                start_state VARCHAR NOT NULL,
                at BIGINT NOT NULL,
                took BIGINT NOT NULL
              )""",
              "CREATE INDEX run_of ON run (identity, kind, queue, start_state, at)"));

  private HistorySchema() {}

  /**
   * Brings a database to the last version, in one transaction as far as the database allows.
   *
   * @throws SQLException also if it was made by a newer version, which is then left alone
   */
  static void migrate(Connection connection, List<List<String>> versions) throws SQLException {
    int version = version(connection);
    if (version > versions.size()) {
      throw new SQLException(
          "it was made by a newer muster (version %d; this one knows %d)"
              .formatted(version, versions.size()));
    }
    try (Statement statement = connection.createStatement()) {
      for (; version < versions.size(); version++) {
        for (String step : versions.get(version)) {
          statement.execute(step);
        }
        statement.execute("UPDATE meta SET version = " + (version + 1));
        connection.commit();
      }
    }
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet tables =
          statement.executeQuery(
              "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'META'")) {
        tables.next();
        if (tables.getInt(1) == 0) {
          return 0;
        }
      }
      try (ResultSet result = statement.executeQuery("SELECT version FROM meta")) {
        result.next();
        return result.getInt(1);
      }
    }
  }
}
