package dev.muster.daemon.ray.workdir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The same package as {@link WorkingPackage}, held in memory: for what has room for a little. */
public final class SmallPackage {
  /**
   * What is so many times as large as the room for it is not even packed, to see whether it fits.
   */
  private static final int MOST_SHRUNK = 16;

  private SmallPackage() {}

  /**
   * A directory's.
   *
   * @param excludes in the syntax of .gitignore
   * @param most bytes of the package
   * @return a zip file; empty if it has more bytes
   * @throws dev.muster.daemon.core.Failure USAGE that names what is missing, cannot be read or
   *     leads in a circle
   */
  public static Optional<byte[]> of(Path root, List<String> excludes, int most) {
    return packed(root, PackageWalk.of(root, excludes), most);
  }

  /**
   * A single file's.
   *
   * @param name from the root, with slashes; its name in the package too
   * @param most bytes of the package
   * @return a zip file; empty if it has more bytes
   * @throws dev.muster.daemon.core.Failure USAGE if it cannot be read
   */
  public static Optional<byte[]> ofFile(Path root, String name, int most) {
    return packed(root, PackageWalk.one(root, name), most);
  }

  /**
   * A zip file that somebody made already, as it is.
   *
   * @param most bytes of it
   * @return empty if it has more bytes
   * @throws dev.muster.daemon.core.Failure USAGE if it cannot be read
   */
  public static Optional<byte[]> made(Path zip, int most) {
    try {
      return Files.size(zip) > most ? Optional.empty() : Optional.of(Files.readAllBytes(zip));
    } catch (IOException e) {
      throw PackageWalk.unreadable(zip, e);
    }
  }

  private static Optional<byte[]> packed(Path root, List<PackageEntry> entries, int most) {
    Bounded out = new Bounded(most);
    try {
      long size = 0;
      for (PackageEntry entry : entries) {
        size += entry.directory() ? 0 : Files.size(entry.file());
      }
      if (size > (long) MOST_SHRUNK * most) {
        return Optional.empty();
      }
      try (ZipSink zip = new ZipSink(out)) {
        for (PackageEntry entry : entries) {
          zip.begin(entry);
          if (!entry.directory()) {
            byte[] content = Files.readAllBytes(entry.file());
            zip.bytes(content, content.length);
          }
          zip.end();
        }
      }
      return Optional.of(out.bytes.toByteArray());
    } catch (Full e) {
      return Optional.empty();
    } catch (IOException e) {
      throw PackageWalk.unreadable(root, e);
    }
  }

  private static final class Full extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Takes so many bytes and no more. */
  private static final class Bounded extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int most;

    Bounded(int most) {
      this.most = most;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int from, int length) throws IOException {
      if (bytes.size() + length > most) {
        throw new Full();
      }
      bytes.write(buffer, from, length);
    }
  }
}
