package dev.muster.daemon.core;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The statements on one connection, prepared once each. Not thread-safe. */
final class Tables implements AutoCloseable {
  /**
   * The longest text that a column takes; a longer body is left out, as it is read live when it is
   * needed.
   */
  static final int LONGEST_BODY = org.h2.engine.Constants.MAX_STRING_LENGTH;

  private static final String WHOLE =
      "SELECT "
          + Columns.LIGHT
          + ", b.details, b.object, r.kind FROM resource r JOIN body b ON b.id = r.id";
  private static final String LIGHT = "SELECT " + Columns.LIGHT + " FROM resource r";
  private static final String OF_KIND = " WHERE r.identity = ? AND r.kind = ?";
  private static final String IN_NAMESPACE = " AND r.namespace = ?";
  // The index's columns in its order, so that nothing is sorted.
  private static final String IN_ORDER = " ORDER BY r.identity, r.kind, r.namespace, r.name";
  private static final String BY_KEY =
      " WHERE r.identity = ? AND r.kind = ? AND r.namespace = ? AND r.name = ?";

  /**
   * A row as it is stored.
   *
   * @param id of its body
   * @param digest of its body
   * @param row without details and object
   */
  record Stored(long id, long digest, Row row) {}

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private long lastId = -1;

  Tables(Connection connection) {
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }

  List<Row> scan(String identity, String kind, String namespace) throws SQLException {
    List<Row> rows = new ArrayList<>();
    scan(LIGHT, false, identity, kind, namespace, rows::add);
    return rows;
  }

  void scanWhole(String identity, String kind, String namespace, Consumer<Row> each)
      throws SQLException {
    scan(WHOLE, true, identity, kind, namespace, each);
  }

  /** The whole row; null: there is none. */
  Row get(Key key) throws SQLException {
    PreparedStatement statement = prepare(WHOLE + BY_KEY);
    set(statement, key.identity(), key.kind(), key.namespace(), key.name());
    try (ResultSet result = statement.executeQuery()) {
      return result.next() ? Columns.row(result, key.identity(), key.kind(), true) : null;
    }
  }

  /** The row as it is stored, without its body; null: there is none. */
  Stored find(Key key) throws SQLException {
    PreparedStatement statement =
        prepare("SELECT " + Columns.LIGHT + ", r.id, r.digest FROM resource r" + BY_KEY);
    set(statement, key.identity(), key.kind(), key.namespace(), key.name());
    try (ResultSet result = statement.executeQuery()) {
      if (!result.next()) {
        return null;
      }
      return new Stored(
          result.getLong(15),
          result.getLong(16),
          Columns.row(result, key.identity(), key.kind(), false));
    }
  }

  /** The whole rows that say that they are owned by that one. */
  List<Row> ownedBy(Key key) throws SQLException {
    PreparedStatement statement =
        prepare(WHOLE + " WHERE r.identity = ? AND r.owner = ? AND r.namespace = ? ORDER BY r.id");
    set(statement, key.identity(), key.kind() + "/" + key.name(), key.namespace());
    List<Row> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        rows.add(Columns.row(result, key.identity(), result.getString(17), true));
      }
    }
    return rows;
  }

  /** Up to a number of keys of rows that were last observed before that time. */
  List<Key> observedBefore(String identity, String kind, String namespace, Instant time, int most)
      throws SQLException {
    PreparedStatement statement =
        prepare(
            "SELECT r.namespace, r.name FROM resource r"
                + OF_KIND
                + (namespace.isEmpty() ? "" : IN_NAMESPACE)
                + " AND r.observed < ? LIMIT ?");
    int parameter = set(statement, identity, kind);
    if (!namespace.isEmpty()) {
      statement.setString(parameter++, namespace);
    }
    statement.setLong(parameter++, Times.encode(time));
    statement.setInt(parameter, most);
    List<Key> keys = new ArrayList<>();
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        keys.add(new Key(identity, kind, result.getString(1), result.getString(2)));
      }
    }
    return keys;
  }

  void insert(Row row, long digest) throws SQLException {
    if (lastId < 0) {
      lastId = number("SELECT COALESCE(MAX(id), 0) FROM resource");
    }
    long id = lastId + 1;
    PreparedStatement body = prepare("INSERT INTO body (details, object, id) VALUES (?, ?, ?)");
    Columns.setBody(body, row, id);
    PreparedStatement light =
        prepare(
            "INSERT INTO resource (uid, version, state, native_state, ready, reason, created, changed,"
                + " observed, owner, labels, cells, digest, id, identity, kind, namespace, name)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    Columns.setLight(light, row, digest, id);
    light.setString(15, row.key().identity());
    light.setString(16, row.key().kind());
    light.setString(17, row.key().namespace());
    light.setString(18, row.key().name());
    body.executeUpdate();
    light.executeUpdate();
    lastId = id;
  }

  void update(Stored old, Row row, long digest) throws SQLException {
    if (digest != old.digest()) {
      PreparedStatement body = prepare("UPDATE body SET details = ?, object = ? WHERE id = ?");
      Columns.setBody(body, row, old.id());
      body.executeUpdate();
    }
    PreparedStatement light =
        prepare(
            "UPDATE resource SET uid = ?, version = ?, state = ?, native_state = ?, ready = ?, reason = ?,"
                + " created = ?, changed = ?, observed = ?, owner = ?, labels = ?, cells = ?, digest = ?"
                + " WHERE id = ?");
    Columns.setLight(light, row, digest, old.id());
    light.executeUpdate();
  }

  void observe(Stored old, Instant time) throws SQLException {
    PreparedStatement statement = prepare("UPDATE resource SET observed = ? WHERE id = ?");
    statement.setLong(1, Times.encode(time));
    statement.setLong(2, old.id());
    statement.executeUpdate();
  }

  void delete(Stored old) throws SQLException {
    for (String table : List.of("resource", "body")) {
      PreparedStatement statement = prepare("DELETE FROM " + table + " WHERE id = ?");
      statement.setLong(1, old.id());
      statement.executeUpdate();
    }
  }

  void markSeen(String identity, String kind, String namespace, Instant at) throws SQLException {
    PreparedStatement statement =
        prepare(
            "MERGE INTO seen (identity, kind, namespace, at) KEY (identity, kind, namespace)"
                + " VALUES (?, ?, ?, ?)");
    statement.setLong(set(statement, identity, kind, namespace), Times.encode(at));
    statement.executeUpdate();
  }

  /** Every namespace seen is this namespace seen. Null: never. */
  Instant seen(String identity, String kind, String namespace) throws SQLException {
    PreparedStatement statement =
        prepare(
            "SELECT MAX(at) FROM seen WHERE identity = ? AND kind = ? AND namespace IN (?, '')");
    set(statement, identity, kind, namespace);
    try (ResultSet result = statement.executeQuery()) {
      result.next();
      long at = result.getLong(1);
      return result.wasNull() ? null : Times.decode(at);
    }
  }

  List<CacheReader.Count> counts() throws SQLException {
    List<CacheReader.Count> counts = new ArrayList<>();
    try (ResultSet result =
        prepare(
                "SELECT identity, kind, COUNT(*) FROM resource GROUP BY identity, kind"
                    + " ORDER BY identity, kind")
            .executeQuery()) {
      while (result.next()) {
        counts.add(
            new CacheReader.Count(result.getString(1), result.getString(2), result.getLong(3)));
      }
    }
    return counts;
  }

  long number(String sql) throws SQLException {
    try (ResultSet result = prepare(sql).executeQuery()) {
      result.next();
      return result.getLong(1);
    }
  }

  /** After a rollback: what was numbered is not there. */
  void forget() {
    lastId = -1;
  }

  void clear() throws SQLException {
    for (String table : List.of("resource", "body", "seen")) {
      prepare("DELETE FROM " + table).executeUpdate();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private void scan(
      String select,
      boolean whole,
      String identity,
      String kind,
      String namespace,
      Consumer<Row> each)
      throws SQLException {
    boolean all = namespace.isEmpty();
    PreparedStatement statement = prepare(select + OF_KIND + (all ? "" : IN_NAMESPACE) + IN_ORDER);
    int parameter = set(statement, identity, kind);
    if (!all) {
      statement.setString(parameter, namespace);
    }
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        each.accept(Columns.row(result, identity, kind, whole));
      }
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

  private static int set(PreparedStatement statement, String... values) throws SQLException {
    int parameter = 1;
    for (String value : values) {
      statement.setString(parameter++, value);
    }
    return parameter;
  }
}
