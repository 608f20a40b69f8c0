package dev.muster.daemon.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One open H2 database: one connection that writes, and as many that read as there are readers at
 * once, of which a few are kept.
 */
final class Database implements AutoCloseable {
  /** What is done with the statements of one connection. */
  interface Work<T> {
    T with(Tables tables) throws SQLException;
  }

  private static final int KEPT_READERS = 8;

  /**
   * A small page cache, in KiB; room in the file is used again soon (in milliseconds; the default
   * is made for data that cannot be had again); no trace file, as it would hold data; H2's own
   * shutdown hook would race with ours.
   */
  private static final String SETTINGS =
      ";CACHE_SIZE=12288;RETENTION_TIME=2000;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;LOCK_TIMEOUT=10000";

  /**
   * For readers: rows are not copied before they are read, which halves the time and saves memory.
   */
  private static final String LAZY = ";LAZY_QUERY_EXECUTION=1";

  private final String url;
  private final boolean inMemory;
  private final Tables writer;
  private final ConcurrentLinkedDeque<Tables> idle = new ConcurrentLinkedDeque<>();
  private final AtomicInteger idleCount = new AtomicInteger();
  private volatile boolean closed;

  private Database(String url, boolean inMemory) throws SQLException {
    this.url = url;
    this.inMemory = inMemory;
    this.writer = new Tables(connect(url));
    this.writer.connection().setAutoCommit(false);
  }

  /** Opens a file or makes it; the tables may be missing. */
  static Database open(Path file) throws SQLException, IOException {
    if (!Files.exists(file)) {
      // An empty file is a new database to H2, and this one nobody else can read.
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    String name = file.toAbsolutePath().toString();
    return new Database(
        "jdbc:h2:file:" + name.substring(0, name.length() - ".mv.db".length()) + SETTINGS, false);
  }

  static Database inMemory() throws SQLException {
    return new Database("jdbc:h2:mem:" + UUID.randomUUID() + SETTINGS, true);
  }

  boolean isInMemory() {
    return inMemory;
  }

  /** Whether the tables are there, and are those of that stamp. */
  boolean hasStamp(String stamp) throws SQLException {
    try (Statement statement = writer.connection().createStatement()) {
      try (ResultSet tables =
          statement.executeQuery(
              "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'META'")) {
        tables.next();
        if (tables.getInt(1) == 0) {
          return false;
        }
      }
      try (ResultSet result = statement.executeQuery("SELECT stamp FROM meta")) {
        return result.next() && result.getString(1).equals(stamp);
      }
    }
  }

  void create(String stamp, Instant now) throws SQLException {
    try (Statement statement = writer.connection().createStatement()) {
      for (String ddl : Schema.DDL) {
        statement.execute(ddl);
      }
      statement.execute(
          "INSERT INTO meta (stamp, made) VALUES ('%s', %d)".formatted(stamp, Times.encode(now)));
    }
    writer.connection().commit();
  }

  <T> T read(Work<T> work) throws SQLException {
    Tables tables = idle.pollFirst();
    if (tables == null) {
      tables = new Tables(connectReader());
    } else {
      idleCount.decrementAndGet();
    }
    boolean done = false;
    try {
      T answer = work.with(tables);
      tables.connection().rollback();
      done = true;
      return answer;
    } finally {
      if (done && !closed && idleCount.incrementAndGet() <= KEPT_READERS) {
        idle.addFirst(tables);
      } else {
        if (done && !closed) {
          idleCount.decrementAndGet();
        }
        quietly(tables);
      }
    }
  }

  /** In one transaction. One caller at a time. */
  <T> T write(Work<T> work) throws SQLException {
    boolean done = false;
    try {
      T answer = work.with(writer);
      writer.connection().commit();
      done = true;
      return answer;
    } finally {
      if (!done) {
        rollback();
      }
    }
  }

  /**
   * Writes what is not written yet and closes the file, after at most a fifth of a second of
   * compaction.
   */
  @Override
  public void close() {
    end("SHUTDOWN");
  }

  /** Lets go of a database that cannot be trusted: nothing more is written to it. */
  void abandon() {
    end("SHUTDOWN IMMEDIATELY");
  }

  private void end(String how) {
    closed = true;
    try (Statement statement = writer.connection().createStatement()) {
      statement.execute(how);
    } catch (SQLException | RuntimeException e) {
      // It is as closed as it can be.
      quietly(writer);
    }
    for (Tables tables = idle.pollFirst(); tables != null; tables = idle.pollFirst()) {
      quietly(tables);
    }
  }

  /**
   * Its rows come from one snapshot, which lasts until it is rolled back. Without that, what a slow
   * reader has yet to read would be overwritten in the file under it.
   */
  private Connection connectReader() throws SQLException {
    Connection connection = connect(url + LAZY);
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    return connection;
  }

  private static Connection connect(String url) throws SQLException {
    return new org.h2.Driver().connect(url, new Properties());
  }

  private void rollback() {
    try {
      writer.connection().rollback();
      writer.forget();
    } catch (SQLException e) {
      // The connection is gone, and with it what was not committed.
    }
  }

  private static void quietly(Tables tables) {
    try {
      tables.close();
    } catch (SQLException e) {
      // Nothing can be done about a connection that does not close.
    }
  }
}
