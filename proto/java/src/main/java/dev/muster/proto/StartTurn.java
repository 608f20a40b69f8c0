package dev.muster.proto;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;

/**
 * Whose turn it is to start the daemon: of many commands that find none, one starts it and the
 * others wait for that one, since fifty starts at once would hold each other up for longer than any
 * of them waits. A file lock, which the system gives to the next one when its holder ends, however
 * it ends; the file is never deleted, since a deleted lock file can be held by two.
 */
final class StartTurn implements AutoCloseable {
  private final FileChannel file;
  private FileLock lock;

  private StartTurn(FileChannel file) {
    this.file = file;
  }

  /** To be taken as soon as nobody has it. The directory must be there. */
  static StartTurn at(Path file) throws IOException {
    return new StartTurn(PrivateFiles.open(file));
  }

  /** Takes it if nobody else has it, without waiting. */
  boolean isMine() throws IOException {
    if (lock == null) {
      try {
        lock = file.tryLock();
      } catch (OverlappingFileLockException e) {
        return false; // somebody else in this very process has it
      }
    }
    return lock != null;
  }

  /** Gives it to the next one. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
