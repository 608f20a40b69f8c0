package dev.muster.daemon.sandbox.net;

import dev.muster.daemon.sandbox.process.Scratch;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Places for Unix sockets, in directories that only this user can enter: what listens there runs
 * what it is told to. Safe for many threads.
 */
public final class PodSockets implements AutoCloseable {

  /** The most bytes of a path that every system takes: 107 on Linux, 103 on macOS (unix(7)). */
  private static final int LONGEST = 103;

  private static final String NAME = "net";
  private static final int LONGEST_REST = ("/" + NAME + "/9999999").length();
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final AtomicInteger count = new AtomicInteger();
  private final Path parent;
  private final Path directory;

  /**
   * Makes {@code parent/net}: a directory, 0700, or a link to a temporary one where the path would
   * be too long for a socket.
   */
  public PodSockets(Path parent) throws IOException {
    this(parent.toAbsolutePath(), Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath());
  }

  PodSockets(Path parent, Path temporary) throws IOException {
    this.parent = parent;
    Path here = parent.resolve(NAME);
    if (fits(parent)) {
      directory = Files.createDirectory(here, OWNER_ONLY);
      return;
    }
    directory = Files.createTempDirectory(temporary, "muster-", OWNER_ONLY);
    if (!fits(directory)) {
      Files.delete(directory);
      throw new IOException(
          "the paths of %s and %s are both too long for Unix sockets".formatted(parent, temporary));
    }
    Files.createSymbolicLink(here, directory);
  }

  private static boolean fits(Path parent) {
    return parent.toString().getBytes(StandardCharsets.UTF_8).length + LONGEST_REST <= LONGEST;
  }

  /** A place that nothing has listened at. */
  public UnixDomainSocketAddress next() {
    return UnixDomainSocketAddress.of(directory.resolve(Integer.toString(count.incrementAndGet())));
  }

  /** Removes what another process, which is no more, has made below that directory. */
  public static void sweep(Path parent) {
    try {
      Scratch.remove(parent.resolve(NAME).toRealPath());
    } catch (IOException e) {
      // It was killed before it had made any, or they are gone.
    }
    Scratch.remove(parent.resolve(NAME));
  }

  /** Removes the directory. */
  @Override
  public void close() {
    sweep(parent);
  }
}
