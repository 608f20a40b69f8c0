package dev.muster.daemon.ray.workdir;

import java.nio.file.Path;

/**
 * A file or directory of a package.
 *
 * @param name from the package's top, with slashes; a directory's ends with one
 * @param file where its content is
 * @param mode its permission bits, such as 0755
 */
record PackageEntry(String name, Path file, int mode) {
  boolean directory() {
    return name.endsWith("/");
  }

  /** The same in a directory of that name. */
  PackageEntry below(String directory) {
    return new PackageEntry(directory + "/" + name, file, mode);
  }
}
