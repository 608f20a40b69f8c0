package dev.muster.daemon.sandbox;

import dev.muster.daemon.sandbox.auth.Kubeconfig;
import dev.muster.daemon.sandbox.net.PodSockets;
import dev.muster.daemon.sandbox.process.Scratch;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The directory of one sandbox process: {@code lock} is held as long as it lives; {@code
 * sandbox.pid}, written last, says that it is ready.
 */
final class RunDirectory implements AutoCloseable {

  private final Path directory;
  private final FileChannel channel;

  private RunDirectory(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Takes the directory; empty when another process has it. Made, for its owner only, if missing.
   *
   * @throws IOException also when others could put there what this process then trusts
   */
  static Optional<RunDirectory> take(Path directory) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(directory);
    if (allowed.contains(PosixFilePermission.GROUP_WRITE)
        || allowed.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException("others may write in %s; run: chmod go-w %1$s".formatted(directory));
    }
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      return Optional.empty();
    }
    sweep(directory);
    return Optional.of(new RunDirectory(directory, channel));
  }

  /** Removes what a sandbox left behind that was killed. */
  private static void sweep(Path directory) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, Sandbox.SCRATCH + "*")) {
      for (Path scratch : left) {
        PodSockets.sweep(scratch);
        Scratch.remove(scratch);
      }
    }
  }

  Path kubeconfig() {
    return directory.resolve("kubeconfig");
  }

  Path pid() {
    return directory.resolve("sandbox.pid");
  }

  /** Two lines: the process id and the server's address. */
  void ready(String url) {
    Kubeconfig.write(pid(), "%d%n%s%n".formatted(ProcessHandle.current().pid(), url));
  }

  /** Removes what says that a sandbox runs, and lets the directory go. The lock file stays. */
  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(pid());
      Files.deleteIfExists(kubeconfig());
    } catch (IOException e) {
      System.err.printf("muster-sandbox: %s%n", e);
    }
  }
}
