package dev.muster.daemon.core;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * What was seen of remote systems, in one H2 file in the daemon's state directory. It is
 * disposable: never repaired, never migrated. A file that does not open, is damaged or was made by
 * another version is put aside as {@code cache.quarantined.mv.db} (one is kept), and a new one is
 * made; so is one that turns out to be damaged later, once. Where nothing can be written it lives
 * in memory, and {@link #degraded} says why.
 *
 * <p>Thread-safe; written through a {@link QueuedWriter} only.
 */
public final class Cache implements CacheReader, AutoCloseable {
  private static final Logger log = Logger.getLogger(Cache.class);

  private final CacheFiles files;
  private final ReentrantLock writing = new ReentrantLock();
  private final Snapshots snapshots = new Snapshots();
  private final List<Runnable> emptied = new CopyOnWriteArrayList<>();
  private volatile CacheFiles.Opened opened;
  private volatile boolean closed;
  private boolean replaced;

  private Cache(CacheFiles files, CacheFiles.Opened opened) {
    this.files = files;
    this.opened = opened;
  }

  /**
   * Opens the cache of that directory, which is made if it is missing.
   *
   * @param version of the application: the rows of another one are not trusted
   * @param clock says when the cache was made
   * @throws Failure {@link Failure.Kind#NO_ANSWER} if another process has it open
   */
  public static Cache open(Path directory, String version, Clock clock) {
    CacheFiles files =
        new CacheFiles(directory.toAbsolutePath().normalize(), Schema.stamp(version), clock);
    return new Cache(files, files.open());
  }

  /**
   * Deletes the files without opening them. A process that has them open keeps what it has until it
   * ends.
   *
   * @throws Failure if they are there and cannot be deleted
   */
  public static void delete(Path directory) {
    try {
      CacheFiles.delete(directory);
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.FAILED, "The cache in %s cannot be deleted: %s.".formatted(directory, e), e);
    }
  }

  /** Why the cache is in memory only, as a sentence; empty when it is on disk, as it should be. */
  public String degraded() {
    return opened.degraded();
  }

  /** When the cache was made: nothing in it is older. */
  public Instant made() {
    return Times.decode(read(tables -> tables.number("SELECT made FROM meta")));
  }

  /**
   * Told after the rows were lost while watches are running ({@link #clear}, or a damaged file was
   * replaced): whoever feeds the cache must list everything anew, and nothing counts as live until
   * then.
   */
  public Registration onEmptied(Runnable listener) {
    emptied.add(listener);
    return () -> emptied.remove(listener);
  }

  /**
   * Forgets every row and when each kind was seen. No {@link Change} comes of it: nothing happened
   * to what was remembered.
   */
  public void clear() {
    try {
      write(
          tables -> {
            tables.clear();
            return null;
          });
    } catch (SQLException e) {
      throw failure(e);
    }
    snapshots.forget();
    emptied.forEach(Runnable::run);
  }

  @Override
  public void scan(
      String identity, String kind, String namespace, boolean whole, Consumer<Row> each) {
    if (whole) {
      scanWhole(identity, kind, namespace, each);
      return;
    }
    Snapshots.Kind of = new Snapshots.Kind(identity, kind);
    List<Row> rows = snapshots.find(of, namespace);
    if (rows == null) {
      Snapshots.Mark mark = snapshots.mark(of);
      rows = read(tables -> tables.scan(identity, kind, namespace));
      snapshots.keep(of, namespace, mark, rows);
    }
    rows.forEach(each);
  }

  @Override
  public Optional<Row> get(Key key) {
    return Optional.ofNullable(read(tables -> tables.get(key)));
  }

  @Override
  public Optional<Instant> seen(String identity, String kind, String namespace) {
    return Optional.ofNullable(read(tables -> tables.seen(identity, kind, namespace)));
  }

  @Override
  public long rows() {
    return read(tables -> tables.number("SELECT COUNT(*) FROM resource"));
  }

  @Override
  public List<Count> counts() {
    return read(Tables::counts);
  }

  @Override
  public long bytes() {
    return opened.database().isInMemory() ? 0 : files.bytes();
  }

  @Override
  public void close() {
    writing.lock();
    try {
      if (!closed) {
        closed = true;
        opened.database().close();
      }
    } finally {
      writing.unlock();
    }
  }

  /** What was written is committed: lists that were read before are old now. */
  void written(Iterable<Snapshots.Kind> kinds) {
    snapshots.written(kinds);
  }

  /** Runs in one transaction, one at a time; twice if the database turned out to be damaged. */
  <T> T write(Database.Work<T> work) throws SQLException {
    writing.lock();
    try {
      requireOpen();
      Database database = opened.database();
      try {
        return database.write(work);
      } catch (SQLException e) {
        if (!replace(database, e)) {
          throw e;
        }
        return opened.database().write(work);
      }
    } finally {
      writing.unlock();
    }
  }

  /** Row by row, since the objects of ten thousand do not fit in a small heap. */
  private void scanWhole(String identity, String kind, String namespace, Consumer<Row> each) {
    AtomicBoolean begun = new AtomicBoolean();
    read(
        tables -> {
          if (begun.get()) {
            throw new Failure(
                Failure.Kind.NO_ANSWER, "The cache was damaged and is being rebuilt: try again.");
          }
          tables.scanWhole(
              identity,
              kind,
              namespace,
              row -> {
                begun.set(true);
                each.accept(row);
              });
          return null;
        });
  }

  private <T> T read(Database.Work<T> work) {
    requireOpen();
    Database database = opened.database();
    try {
      try {
        return database.read(work);
      } catch (SQLException e) {
        if (!replace(database, e)) {
          throw e;
        }
        return opened.database().read(work);
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Whether there is another database now, so that trying again makes sense. */
  private boolean replace(Database damaged, SQLException cause) {
    writing.lock();
    try {
      if (closed || !H2Errors.broken(cause)) {
        return false;
      }
      if (opened.database() != damaged) {
        return true;
      }
      log.warnf("The cache is damaged and is rebuilt: %s", H2Errors.sentence(cause));
      damaged.abandon();
      opened = replaced ? files.inMemory("it was damaged twice") : files.replace();
      replaced = true;
      snapshots.forget();
    } finally {
      writing.unlock();
    }
    // Not here: whoever listens may wait for the writer, which may be who noticed.
    Thread.startVirtualThread(() -> emptied.forEach(Runnable::run));
    return true;
  }

  private void requireOpen() {
    if (closed) {
      throw new Failure(Failure.Kind.NO_ANSWER, "The cache is closed: the daemon is stopping.");
    }
  }

  private static Failure failure(SQLException cause) {
    return new Failure(
        Failure.Kind.FAILED, "The cache cannot be read: " + H2Errors.sentence(cause) + ".", cause);
  }
}
