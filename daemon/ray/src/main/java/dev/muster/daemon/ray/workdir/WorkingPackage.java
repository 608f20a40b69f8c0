package dev.muster.daemon.ray.workdir;

import dev.muster.daemon.core.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * A directory as a package for Ray: named after its content, so that a server which has it need not
 * get it again, and with the same bytes wherever and whenever it is made. Contents are read as a
 * stream, once for the name and once for the package.
 */
public final class WorkingPackage {
  private static final int BUFFER = 1 << 16;

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

  /** Such as "_ray_pkg_0123….zip": Ray knows a package by this beginning and end. */
  public String name() {
    return "_ray_pkg_" + digest.substring(0, NAME_DIGITS) + ".zip";
  }

  /**
   * Writes it as a zip file.
   *
   * @throws Failure FAILED if its content changed since it was named, or the file cannot be written
   * @throws CancellationException if it was cancelled
   */
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
    MessageDigest whole = sha256();
    byte[] buffer = new byte[BUFFER];
    for (PackageEntry entry : entries) {
      sink.begin(entry);
      MessageDigest content = sha256();
      if (!entry.directory()) {
        copy(entry.file(), buffer, content, sink);
      }
      sink.end();
      whole.update((entry.name() + '\0' + entry.mode() + '\0').getBytes(StandardCharsets.UTF_8));
      whole.update(content.digest());
    }
    return HexFormat.of().formatHex(whole.digest());
  }

  private void copy(Path file, byte[] buffer, MessageDigest content, PackageSink sink)
      throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (cancelled.getAsBoolean()) {
          throw new CancellationException("packing " + root + " was cancelled");
        }
        content.update(buffer, 0, n);
        sink.bytes(buffer, n);
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
