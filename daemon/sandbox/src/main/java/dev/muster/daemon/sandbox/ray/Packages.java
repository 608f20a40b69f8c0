package dev.muster.daemon.sandbox.ray;

import dev.muster.daemon.sandbox.process.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The packages that were sent, as Ray keeps them in its GCS. */
final class Packages {

  private static final String GCS = "gcs";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  private final Path directory;
  private final long limit;

  Packages(Path directory, long limit) {
    this.directory = Scratch.make(directory);
    this.limit = limit;
  }

  boolean has(String protocol, String name) {
    check(protocol, name);
    return NAME.matcher(name).matches() && Files.exists(directory.resolve(name));
  }

  /** Keeps a package; one that is there already is replaced. */
  void put(String protocol, String name, Path body) throws IOException {
    check(protocol, name);
    long size = Files.size(body);
    if (size >= limit) {
      throw new RayError(500, Tracebacks.tooLarge(size, limit));
    }
    if (!NAME.matcher(name).matches()) {
      throw new RayError(404, "404: Not Found");
    }
    Files.move(body, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private static void check(String protocol, String name) {
    if (!protocol.equals(GCS)) {
      throw new RayError(500, Tracebacks.badProtocol(protocol, name));
    }
  }

  /**
   * Unpacks a package.
   *
   * @param uri {@code gcs://NAME}
   * @return whether there is such a package, and it can be unpacked
   */
  boolean unpack(String uri, Path target) throws IOException {
    String name = uri.startsWith(GCS + "://") ? uri.substring(GCS.length() + 3) : "";
    if (name.isEmpty() || !has(GCS, name)) {
      return false;
    }
    try (InputStream file = Files.newInputStream(directory.resolve(name));
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path place = target.resolve(entry.getName()).normalize();
        if (!place.startsWith(target)) {
          return false;
        }
        if (entry.isDirectory()) {
          Files.createDirectories(place);
        } else {
          Files.createDirectories(place.getParent());
          Files.copy(zip, place, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    return true;
  }
}
