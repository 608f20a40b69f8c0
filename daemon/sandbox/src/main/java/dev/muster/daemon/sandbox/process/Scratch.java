package dev.muster.daemon.sandbox.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories that are only needed for a while. */
public final class Scratch {

  private Scratch() {}

  /** Makes it, with its parents. */
  public static Path make(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes it with everything in it, so far as it can be removed. */
  public static void remove(Path directory) {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(directory)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException | UncheckedIOException e) {
      // Something in it went while it was read; what is left goes with the sandbox's directory.
      all = List.of();
    }
    for (Path one : all) {
      try {
        Files.deleteIfExists(one);
      } catch (IOException e) {
        // The same.
      }
    }
  }
}
