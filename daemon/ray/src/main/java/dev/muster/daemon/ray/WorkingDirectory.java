package dev.muster.daemon.ray;

import java.nio.file.Path;
import java.util.List;

/**
 * A directory that is to be a job's working directory. What its .gitignore and .rayignore files
 * name stays behind, and so does .git.
 *
 * @param path of the directory
 * @param excludes more that stays behind, in the syntax of .gitignore, relative to the directory;
 *     the runtime environment's field of that name
 */
public record WorkingDirectory(Path path, List<String> excludes) implements LocalFiles {
  public WorkingDirectory {
    excludes = List.copyOf(excludes);
  }

  public WorkingDirectory(Path path) {
    this(path, List.of());
  }
}
