package dev.muster.daemon.ray.workdir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What stays behind at one level of a directory tree: what this level's files or, where they say
 * nothing, those of the levels above it name. As in Ray's own client, .gitignore and .rayignore are
 * asked separately, and either is enough.
 *
 * @param above null at the top
 * @param path of this level from the top, with a slash at its end; empty at the top
 * @param excludes of the top, asked like a third file
 */
record Ignores(Ignores above, String path, IgnoreFile git, IgnoreFile ray, IgnoreFile excludes) {
  static Ignores top(Path directory, List<String> excludes) throws IOException {
    return read(null, "", directory, IgnoreFile.of(excludes));
  }

  Ignores below(String path, Path directory) throws IOException {
    return read(this, path, directory, IgnoreFile.NONE);
  }

  private static Ignores read(Ignores above, String path, Path directory, IgnoreFile excludes)
      throws IOException {
    return new Ignores(
        above,
        path,
        IgnoreFile.read(directory.resolve(".gitignore")),
        IgnoreFile.read(directory.resolve(".rayignore")),
        excludes);
  }

  /**
   * Of something at this level; of what is below an ignored directory nobody asks.
   *
   * @param name its path from the top, without a slash at its end
   */
  boolean leavesOut(String name, boolean directory) {
    return name.equals(".git")
        || name.endsWith("/.git")
        || nearest(Ignores::git, name, directory)
        || nearest(Ignores::ray, name, directory)
        || nearest(Ignores::excludes, name, directory);
  }

  private boolean nearest(Function<Ignores, IgnoreFile> file, String name, boolean directory) {
    for (Ignores level = this; level != null; level = level.above) {
      Optional<Boolean> said =
          file.apply(level).ignores(name.substring(level.path.length()), directory);
      if (said.isPresent()) {
        return said.get();
      }
    }
    return false;
  }
}
