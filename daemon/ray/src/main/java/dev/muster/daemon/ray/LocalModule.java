package dev.muster.daemon.ray;

import java.nio.file.Path;
import java.util.List;

/**
 * A Python package or module that a job can import by its name: a directory, which is packed with
 * its name in front, or a {@code .py} file.
 *
 * @param excludes of a directory what stays behind, as in {@link WorkingDirectory}
 */
public record LocalModule(Path path, List<String> excludes) implements LocalFiles {
  public LocalModule {
    excludes = List.copyOf(excludes);
  }
}
