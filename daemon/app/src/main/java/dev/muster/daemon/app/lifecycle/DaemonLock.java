package dev.muster.daemon.app.lifecycle;

import dev.muster.proto.SocketDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * One daemon per user and state directory: a file lock that the system lets go of when the process
 * ends, however it ends. The file itself is never deleted, since a deleted lock file can be held by
 * two.
 */
public final class DaemonLock {
  /**
   * Held until the process ends: a lock dies with its channel, and a channel with nobody left to
   * know it.
   */
  private static final ConcurrentMap<Path, FileLock> HELD = new ConcurrentHashMap<>();

  private DaemonLock() {}

  /** False when another holds it. Makes the directory. */
  public static boolean acquire(Path file) throws IOException {
    SocketDirectory.create(file.getParent());
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        HELD.put(file, lock);
        return true;
      }
    } catch (OverlappingFileLockException e) {
      // held by this very process
    }
    channel.close();
    return false;
  }

  /** For tests in one process; a daemon keeps it until it is gone. */
  public static void release(Path file) throws IOException {
    FileLock lock = HELD.remove(file);
    if (lock != null) {
      lock.acquiredBy().close();
    }
  }
}
