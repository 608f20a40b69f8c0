package dev.muster.cli.define;

import dev.muster.cli.CliFailure;
import dev.muster.cli.ExitCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/** A manifest in the user's directory: written whole or not at all, and never over another one. */
public record ManifestFile(Path path) {
  /**
   * Does nothing where the same bytes are there already.
   *
   * @param force whether a different file may be replaced
   * @throws CliFailure USAGE if it may not, FAILED if it cannot be written
   */
  public void write(byte[] bytes, boolean force) {
    try {
      if (Files.exists(path) && isSame(bytes)) {
        return;
      }
      if (Files.exists(path) && !force) {
        throw CliFailure.usage(
            "%s is there already and differs; use --force to replace it, or another name"
                .formatted(path.getFileName()));
      }
      replace(bytes);
    } catch (AccessDeniedException e) {
      throw unwritable("permission denied");
    } catch (IOException e) {
      throw unwritable(reason(e));
    }
  }

  private CliFailure unwritable(String why) {
    return new CliFailure(ExitCode.FAILED, "%s cannot be written: %s".formatted(path, why));
  }

  private boolean isSame(byte[] bytes) throws IOException {
    return Files.isRegularFile(path)
        && Files.size(path) == bytes.length
        && Arrays.equals(Files.readAllBytes(path), bytes);
  }

  private void replace(byte[] bytes) throws IOException {
    Path half = path.resolveSibling("." + path.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.write(half, bytes);
      Files.move(half, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(half);
    }
  }

  private static String reason(IOException failure) {
    return failure instanceof NoSuchFileException ? "no such directory" : failure.getMessage();
  }
}
