package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.core.Failure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A directory that has all that another has, by links, and a few files of ours beside it, so that
 * they go into one package and nobody's directory is written to.
 *
 * @param directory that is gone when this is closed
 */
record Staging(Path directory) implements AutoCloseable {
  /**
   * @param extras by name; no directories
   */
  static Staging of(Path directory, Map<String, byte[]> extras) {
    try {
      Staging staging = new Staging(Files.createTempDirectory("muster-job-"));
      try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
        for (Path child : children) {
          String name = child.getFileName().toString();
          if (!extras.containsKey(name)) {
            Files.createSymbolicLink(staging.directory.resolve(name), child.toAbsolutePath());
          }
        }
      }
      for (Map.Entry<String, byte[]> extra : extras.entrySet()) {
        Files.write(staging.directory.resolve(extra.getKey()), extra.getValue());
      }
      return staging;
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.FAILED,
          "The package of " + directory + " cannot be prepared: " + e.getMessage() + ".",
          e);
    }
  }

  @Override
  public void close() {
    try {
      try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
        for (Path child : children) {
          Files.delete(child);
        }
      }
      Files.delete(directory);
    } catch (IOException e) {
      // Links and a small file in the directory for temporary files: the system tidies up there.
      return;
    }
  }
}
