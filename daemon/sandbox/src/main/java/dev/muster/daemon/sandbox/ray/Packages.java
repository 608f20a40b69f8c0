package dev.muster.daemon.sandbox.ray;

import dev.muster.daemon.sandbox.process.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** The packages that were sent, as Ray keeps them in its GCS. */
final class Packages {

  private static final String GCS = "gcs";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_+-]+(\\.[A-Za-z0-9_+-]+)*");

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
   * Unpacks a package; files get the modes that are in it, as Ray gives them.
   *
   * @param uri {@code gcs://NAME}
   * @return whether there is such a package, and it can be unpacked
   */
  boolean unpack(String uri, Path target) throws IOException {
    String name = uri.startsWith(GCS + "://") ? uri.substring(GCS.length() + 3) : "";
    if (name.isEmpty() || !has(GCS, name)) {
      return false;
    }
    try {
      return unzip(name, target);
    } catch (ZipException e) {
      return false;
    }
  }

  private boolean unzip(String name, Path target) throws IOException {
    try (ZipFile zip = ZipFile.builder().setPath(directory.resolve(name)).get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        Path place = target.resolve(entry.getName()).normalize();
        if (!place.startsWith(target)) {
          return false;
        }
        if (entry.isDirectory()) {
          Files.createDirectories(place);
        } else {
          Files.createDirectories(place.getParent());
          try (InputStream content = zip.getInputStream(entry)) {
            Files.copy(content, place, StandardCopyOption.REPLACE_EXISTING);
          }
          int mode = entry.getUnixMode();
          if (mode != 0) {
            Files.setPosixFilePermissions(place, permissions(mode));
          }
        }
      }
    }
    return true;
  }

  /** The last nine bits of a mode, the owner's right to read first. */
  private static Set<PosixFilePermission> permissions(int mode) {
    List<PosixFilePermission> all = List.of(PosixFilePermission.values());
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (PosixFilePermission each : all) {
      if ((mode >> (all.size() - 1 - each.ordinal()) & 1) == 1) {
        permissions.add(each);
      }
    }
    return permissions;
  }
}
