package dev.muster.daemon.ray.workdir;

import dev.muster.daemon.core.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * A directory as a package for Ray: named after its content, so that a server which has it need not
 * get it again, and with the same bytes wherever and whenever it is made. Contents are read as a
 * stream, once for the name and once for the package.
 */
public final class WorkingPackage implements LocalPackage {
  static final int BUFFER = 1 << 16;

  /** Of SHA-256, in hexadecimal digits: enough that no two contents meet by chance. */
  private static final int NAME_DIGITS = 40;

  private final Path root;
  private final List<PackageEntry> entries;
  private final BooleanSupplier cancelled;
  private final String digest;

  private WorkingPackage(Path root, List<PackageEntry> entries, BooleanSupplier cancelled)
      throws IOException {
    this.root = root;
    this.entries = entries;
    this.cancelled = cancelled;
    this.digest = read(PackageSink.NOTHING);
  }

  /**
   * Looks at everything that belongs to it.
   *
   * @param excludes in the syntax of .gitignore
   * @param cancelled asked now and then, also while it is written
   * @throws Failure USAGE that names what is missing, cannot be read or leads in a circle
   * @throws CancellationException if it was cancelled
   */
  public static WorkingPackage of(Path root, List<String> excludes, BooleanSupplier cancelled) {
    try {
      return new WorkingPackage(root, PackageWalk.of(root, excludes), cancelled);
    } catch (IOException e) {
      throw PackageWalk.unreadable(root, e);
    }
  }

  /**
   * The same of something that is to be imported by its name: a directory with its name in front of
   * all that is in it, or one file.
   */
  public static WorkingPackage ofModule(
      Path module, List<String> excludes, BooleanSupplier cancelled) {
    String name = module.getFileName().toString();
    Path above = module.resolveSibling("");
    try {
      List<PackageEntry> entries =
          Files.isDirectory(module)
              ? PackageWalk.of(module, excludes).stream().map(entry -> entry.below(name)).toList()
              : PackageWalk.one(above, name);
      return new WorkingPackage(module, entries, cancelled);
    } catch (IOException e) {
      throw PackageWalk.unreadable(module, e);
    }
  }

  @Override
  public String name() {
    return name(digest);
  }

  /** The name of a package whose content has that digest. */
  static String name(String digest) {
    return "_ray_pkg_" + digest.substring(0, NAME_DIGITS) + ".zip";
  }

  @Override
  public void write(Path file) {
    String written;
    try (ZipSink zip = new ZipSink(file)) {
      written = read(zip);
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.FAILED,
          root + " cannot be packed into " + file + ": " + e.getMessage() + ".",
          e);
    }
    if (!written.equals(digest)) {
      throw new Failure(
          Failure.Kind.FAILED,
          "files in "
              + root
              + " change while they are being packed: try again, or name what changes in "
              + root.resolve(".rayignore")
              + ".");
    }
  }

  /** Reads all, hands it on, and answers with the digest of names, modes and contents. */
  private String read(PackageSink sink) throws IOException {
    Digest whole = new Digest();
    byte[] buffer = new byte[BUFFER];
    for (PackageEntry entry : entries) {
      sink.begin(entry);
      Digest content = new Digest();
      if (!entry.directory()) {
        copy(entry.file(), buffer, content, sink);
      }
      sink.end();
      byte[] header = (entry.name() + '\0' + entry.mode() + '\0').getBytes(StandardCharsets.UTF_8);
      whole.add(header, header.length);
      byte[] contents = content.bytes();
      whole.add(contents, contents.length);
    }
    return whole.hex();
  }

  private void copy(Path file, byte[] buffer, Digest content, PackageSink sink) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (cancelled.getAsBoolean()) {
          throw new CancellationException("packing " + root + " was cancelled");
        }
        content.add(buffer, n);
        sink.bytes(buffer, n);
      }
    }
  }
}
