package dev.muster.daemon.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * The history's H2 file: opened, migrated, and closed; never replaced and never deleted, since what
 * is in it cannot be had again. When it turns out to be damaged or cannot be written it is let go
 * of and tried again later, and meanwhile {@link #trouble} says why.
 */
final class HistoryFile implements AutoCloseable {
  private static final Logger log = Logger.getLogger(HistoryFile.class);
  private static final String FILE = "history.mv.db";
  private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(30);

  /**
   * A commit is in the file when it returns, so that a killed daemon loses nothing that was
   * committed; changes of state are rare enough for it. The rest as for the cache.
   */
  private static final String SETTINGS =
      ";WRITE_DELAY=0;CACHE_SIZE=2048;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";

  /** What is done with the statements, in one transaction. */
  interface Work<T> {
    T with(HistoryTables tables) throws SQLException;
  }

  private final Path directory;
  private final List<List<String>> versions;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private HistoryTables tables;
  private Instant nextTry = Instant.MIN;
  private boolean closed;
  private volatile String trouble = "";

  HistoryFile(Path directory, List<List<String>> versions, Clock clock) {
    this.directory = directory.toAbsolutePath().normalize();
    this.versions = versions;
    this.clock = clock;
  }

  Path path() {
    return directory.resolve(FILE);
  }

  /** Size in bytes; 0 if there is none. */
  long bytes() {
    try {
      return Files.size(path());
    } catch (IOException e) {
      return 0;
    }
  }

  /** Why it cannot be used now, as a sentence; empty if it can. */
  String trouble() {
    return trouble;
  }

  /**
   * Commits if the work succeeds. One at a time.
   *
   * @throws SQLException if it cannot be opened, or the work failed
   */
  <T> T with(Work<T> work) throws SQLException {
    lock.lock();
    try {
      HistoryTables open = open();
      boolean done = false;
      try {
        T answer = work.with(open);
        open.connection().commit();
        done = true;
        return answer;
      } catch (SQLException e) {
        if (H2Errors.broken(e)) {
          letGo(e);
        }
        throw e;
      } finally {
        if (!done && tables != null) {
          rollback(open);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      shutdown("SHUTDOWN");
    } finally {
      lock.unlock();
    }
  }

  private HistoryTables open() throws SQLException {
    if (tables != null) {
      return tables;
    }
    if (closed) {
      throw new SQLException("the daemon is stopping");
    }
    if (clock.instant().isBefore(nextTry)) {
      throw new SQLException(trouble);
    }
    try {
      tables = new HistoryTables(connect());
      HistorySchema.migrate(tables.connection(), versions);
      trouble = "";
      return tables;
    } catch (SQLException | IOException e) {
      letGo(e);
      throw e instanceof SQLException sql ? sql : new SQLException(e.toString(), e);
    }
  }

  private java.sql.Connection connect() throws SQLException, IOException {
    Files.createDirectories(directory);
    String type = Files.getFileStore(directory).type();
    if (CacheFiles.isNetwork(type)) {
      throw new SQLException(
          "it would be on a network file system (" + type + "), where locks may not hold");
    }
    if (directory.toString().contains(";")) {
      throw new SQLException("its path has a semicolon in it");
    }
    if (!Files.exists(path())) {
      // An empty file is a new database to H2, and this one nobody else can read.
      Files.createFile(
          path(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    String name = path().toString();
    java.sql.Connection connection =
        new org.h2.Driver()
            .connect(
                "jdbc:h2:file:" + name.substring(0, name.length() - ".mv.db".length()) + SETTINGS,
                new Properties());
    connection.setAutoCommit(false);
    return connection;
  }

  private void letGo(Exception cause) {
    shutdown("SHUTDOWN IMMEDIATELY");
    nextTry = clock.instant().plus(BEFORE_NEXT_TRY);
    String sentence =
        "The history %s cannot be used (%s): no change of state is recorded until it can be."
            .formatted(path(), H2Errors.sentence(cause));
    if (!sentence.equals(trouble)) {
      log.warn(sentence);
    }
    trouble = sentence;
  }

  private void shutdown(String how) {
    if (tables == null) {
      return;
    }
    try (Statement statement = tables.connection().createStatement()) {
      statement.execute(how);
    } catch (SQLException | RuntimeException e) {
      // It is as closed as it can be.
    }
    tables = null;
  }

  private static void rollback(HistoryTables open) {
    try {
      open.connection().rollback();
    } catch (SQLException e) {
      // The connection is gone, and with it what was not committed.
    }
  }
}
