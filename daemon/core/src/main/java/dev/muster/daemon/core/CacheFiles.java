package dev.muster.daemon.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * The cache's files in its directory: finding out whether they can be used, and putting aside what
 * cannot.
 */
final class CacheFiles {
  private static final Logger log = Logger.getLogger(CacheFiles.class);
  private static final String FILE = "cache.mv.db";
  private static final String QUARANTINED = "cache.quarantined.mv.db";

  /**
   * File systems (as {@link java.nio.file.FileStore#type()} names them) on which an OS lock may not
   * hold.
   */
  private static final Set<String> NETWORK =
      Set.of(
          "nfs",
          "nfs4",
          "cifs",
          "smb",
          "smb2",
          "smb3",
          "smbfs",
          "afs",
          "lustre",
          "gpfs",
          "beegfs",
          "ceph",
          "fuse.sshfs",
          "fuse.glusterfs");

  private final Path directory;
  private final String stamp;
  private final Clock clock;

  /**
   * A database and what is wrong with it.
   *
   * @param degraded why it is not on disk, as a sentence; empty if it is
   */
  record Opened(Database database, String degraded) {}

  CacheFiles(Path directory, String stamp, Clock clock) {
    this.directory = directory;
    this.stamp = stamp;
    this.clock = clock;
  }

  /**
   * Opens what is there, or a new one if that cannot be used, or one in memory if there cannot be
   * one on disk.
   *
   * @throws Failure if another process has it open
   */
  Opened open() {
    try {
      Files.createDirectories(directory);
      String type = Files.getFileStore(directory).type();
      if (isNetwork(type)) {
        return inMemory("it is on a network file system (" + type + "), where locks may not hold");
      }
      if (directory.toString().contains(";")) {
        return inMemory("its path has a semicolon in it");
      }
      Database existing = existing();
      return new Opened(existing == null ? createAnew() : existing, "");
    } catch (SQLException | IOException e) {
      return inMemory("it cannot be written (" + H2Errors.sentence(e) + ")");
    }
  }

  /** Puts the present file aside and opens a new one. */
  Opened replace() {
    try {
      quarantine();
      return new Opened(createAnew(), "");
    } catch (SQLException | IOException e) {
      return inMemory("it cannot be written (" + H2Errors.sentence(e) + ")");
    }
  }

  Opened inMemory(String why) {
    String sentence =
        "The cache is kept in memory only and starts empty each time, since there can be none in %s: %s."
            .formatted(directory, why);
    log.warn(sentence);
    try {
      Database database = Database.inMemory();
      database.create(stamp, clock.instant());
      return new Opened(database, sentence);
    } catch (SQLException e) {
      throw new Failure(
          Failure.Kind.FAILED,
          "The cache cannot even be kept in memory: " + H2Errors.sentence(e) + ".",
          e);
    }
  }

  /** Size in bytes; 0 if there is none. */
  long bytes() {
    try {
      return Files.size(directory.resolve(FILE));
    } catch (IOException e) {
      return 0;
    }
  }

  static boolean isNetwork(String type) {
    return NETWORK.contains(type.toLowerCase(Locale.ROOT));
  }

  static void delete(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(FILE));
    Files.deleteIfExists(directory.resolve(QUARANTINED));
  }

  /** Null: there is none that can be used, and none in the way any more. */
  private Database existing() throws IOException, SQLException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return null;
    }
    Database database = null;
    try {
      database = Database.open(file);
      if (database.hasStamp(stamp)) {
        return database;
      }
      log.info("The cache was made by another version: it is rebuilt.");
    } catch (SQLException e) {
      if (H2Errors.inUse(e)) {
        throw new Failure(
            Failure.Kind.NO_ANSWER,
            "The cache %s is in use by another process: stop that one first, or use another state directory."
                .formatted(file),
            e);
      }
      log.warnf("The cache does not open and is rebuilt: %s", H2Errors.sentence(e));
    }
    if (database != null) {
      database.abandon();
    }
    quarantine();
    return null;
  }

  private void quarantine() throws IOException {
    Path file = directory.resolve(FILE);
    if (Files.exists(file)) {
      Files.move(file, directory.resolve(QUARANTINED), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private Database createAnew() throws SQLException, IOException {
    Database database = Database.open(directory.resolve(FILE));
    try {
      database.create(stamp, clock.instant());
      return database;
    } catch (SQLException e) {
      database.abandon();
      throw e;
    }
  }
}
