package dev.muster.daemon.core;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The statements of the history on one connection, prepared once each. Not thread-safe. */
final class HistoryTables {
  private static final String COLUMNS =
      "id, at, context, identity, kind, namespace, name, uid, from_state, to_state,"
          + " native_state, reason, queue, found";
  private static final String BY_KEY =
      " WHERE identity = ? AND kind = ? AND namespace = ? AND name = ?";

  /** What came after an entry e of the same one. */
  private static final String LATER =
      " WHERE n.identity = e.identity AND n.kind = e.kind AND n.namespace = e.namespace"
          + " AND n.name = e.name AND n.id > e.id";

  /** A reason is a sentence; what is longer is somebody's whole output. */
  private static final int LONGEST_REASON = 2_000;

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  HistoryTables(Connection connection) {
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }

  long nextCursor() throws SQLException {
    return number("SELECT next_cursor FROM meta");
  }

  void setNextCursor(long next) throws SQLException {
    PreparedStatement statement = prepare("UPDATE meta SET next_cursor = ?");
    statement.setLong(1, next);
    statement.executeUpdate();
  }

  /** The newest of what was recorded of that one, the newest first. */
  List<Run.Step> back(Key key, int limit) throws SQLException {
    PreparedStatement statement =
        prepare("SELECT " + COLUMNS + " FROM entry" + BY_KEY + " ORDER BY id DESC LIMIT ?");
    int parameter = set(statement, 1, key.identity(), key.kind(), key.namespace(), key.name());
    statement.setInt(parameter, limit);
    List<Run.Step> steps = new ArrayList<>();
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        steps.add(new Run.Step(entry(result), result.getBoolean(14)));
      }
    }
    return steps;
  }

  /** The last word on each of a kind that is not known to be gone; an empty namespace: on all. */
  List<HistoryEntry> open(String identity, String kind, String namespace) throws SQLException {
    List<String> values = new ArrayList<>(List.of(identity, kind));
    StringBuilder sql = new StringBuilder("SELECT ").append(COLUMNS);
    sql.append(" FROM entry e WHERE identity = ? AND kind = ?");
    and(sql, "namespace", namespace, values);
    sql.append(" AND to_state <> '' AND NOT EXISTS (SELECT 1 FROM entry n")
        .append(LATER)
        .append(")");
    PreparedStatement statement = prepare(sql.toString());
    set(statement, 1, values.toArray(String[]::new));
    return entries(statement);
  }

  void insert(HistoryEntry entry, boolean found) throws SQLException {
    PreparedStatement statement =
        prepare(
            "INSERT INTO entry ("
                + COLUMNS
                + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    statement.setLong(1, entry.cursor());
    statement.setLong(2, Times.encode(entry.at()));
    Key key = entry.key();
    String reason = entry.reason();
    set(
        statement,
        3,
        entry.context(),
        key.identity(),
        key.kind(),
        key.namespace(),
        key.name(),
        entry.uid(),
        name(entry.from()),
        name(entry.to()),
        entry.nativeState(),
        reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason,
        entry.queue());
    statement.setBoolean(14, found);
    statement.executeUpdate();
  }

  void insertRun(HistoryEntry end, Run run) throws SQLException {
    PreparedStatement statement =
        prepare(
            "INSERT INTO run (identity, kind, queue, start_state, at, took)"
                + " VALUES (?, ?, ?, ?, ?, ?)");
    int parameter =
        set(statement, 1, end.key().identity(), end.key().kind(), end.queue(), run.start().name());
    statement.setLong(parameter++, Times.encode(end.at()));
    statement.setLong(parameter, run.took().toNanos());
    statement.executeUpdate();
  }

  /** The newest ones that ended since then. */
  List<Duration> runs(
      String identity, String kind, String queue, State start, Instant since, int limit)
      throws SQLException {
    PreparedStatement statement =
        prepare(
            "SELECT took FROM run WHERE identity = ? AND kind = ? AND queue = ?"
                + " AND start_state = ? AND at >= ? ORDER BY at DESC LIMIT ?");
    int parameter = set(statement, 1, identity, kind, queue, start.name());
    statement.setLong(parameter++, Times.encode(since));
    statement.setInt(parameter, limit);
    List<Duration> runs = new ArrayList<>();
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        runs.add(Duration.ofNanos(result.getLong(1)));
      }
    }
    return runs;
  }

  /** In the order of their cursors. */
  List<HistoryEntry> read(HistoryQuery query) throws SQLException {
    boolean forward = query.after() > 0;
    List<String> values = new ArrayList<>(List.of(query.identity()));
    StringBuilder sql = new StringBuilder("SELECT ").append(COLUMNS);
    sql.append(" FROM entry WHERE id > ? AND at >= ? AND identity = ?");
    and(sql, "kind", query.kind(), values);
    and(sql, "namespace", query.namespace(), values);
    and(sql, "name", query.name(), values);
    sql.append(" ORDER BY id").append(forward ? "" : " DESC").append(" LIMIT ?");
    PreparedStatement statement = prepare(sql.toString());
    statement.setLong(1, query.after());
    statement.setLong(2, query.since() == null ? Long.MIN_VALUE : Times.encode(query.since()));
    statement.setInt(set(statement, 3, values.toArray(String[]::new)), query.limit());
    List<HistoryEntry> entries = entries(statement);
    if (!forward) {
      Collections.reverse(entries);
    }
    return entries;
  }

  /**
   * Forgets what is older, but for the last word on what may still be there: without it the next
   * daemon would take that for news.
   */
  void purge(Instant before) throws SQLException {
    PreparedStatement entries =
        prepare(
            "DELETE FROM entry e WHERE e.at < ? AND (e.to_state = '' OR EXISTS (SELECT 1 FROM entry n"
                + LATER
                + "))");
    entries.setLong(1, Times.encode(before));
    entries.executeUpdate();
    PreparedStatement runs = prepare("DELETE FROM run WHERE at < ?");
    runs.setLong(1, Times.encode(before));
    runs.executeUpdate();
  }

  void clear() throws SQLException {
    prepare("DELETE FROM entry").executeUpdate();
    prepare("DELETE FROM run").executeUpdate();
  }

  long count() throws SQLException {
    return number("SELECT COUNT(*) FROM entry");
  }

  private long number(String sql) throws SQLException {
    try (ResultSet result = prepare(sql).executeQuery()) {
      result.next();
      return result.getLong(1);
    }
  }

  private static void and(StringBuilder sql, String column, String value, List<String> values) {
    if (!value.isEmpty()) {
      sql.append(" AND ").append(column).append(" = ?");
      values.add(value);
    }
  }

  private static List<HistoryEntry> entries(PreparedStatement statement) throws SQLException {
    List<HistoryEntry> entries = new ArrayList<>();
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        entries.add(entry(result));
      }
    }
    return entries;
  }

  private static HistoryEntry entry(ResultSet result) throws SQLException {
    return new HistoryEntry(
        result.getLong(1),
        Times.decode(result.getLong(2)),
        result.getString(3),
        new Key(result.getString(4), result.getString(5), result.getString(6), result.getString(7)),
        result.getString(8),
        state(result.getString(9)),
        state(result.getString(10)),
        result.getString(11),
        result.getString(12),
        result.getString(13));
  }

  private static String name(State state) {
    return state == null ? "" : state.name();
  }

  /** A state that this build does not know is not thrown away with the entry. */
  private static State state(String name) {
    if (name.isEmpty()) {
      return null;
    }
    try {
      return State.valueOf(name);
    } catch (IllegalArgumentException e) {
      return State.UNKNOWN;
    }
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  private static int set(PreparedStatement statement, int from, String... values)
      throws SQLException {
    int parameter = from;
    for (String value : values) {
      statement.setString(parameter++, value);
    }
    return parameter;
  }
}
