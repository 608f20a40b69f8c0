package dev.muster.proto;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and directories that nobody but their user can look into, whatever the umask says. */
public final class PrivateFiles {
  private PrivateFiles() {}

  /** Makes it, 0700, with whatever is missing above it; one that is there stays as it is. */
  public static void directory(Path directory) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** An empty file, 0600; one that is there is emptied and made so. */
  public static void empty(Path file) throws IOException {
    var ownerOnly = PosixFilePermissions.fromString("rw-------");
    try {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(ownerOnly));
    } catch (FileAlreadyExistsException e) {
      Files.setPosixFilePermissions(file, ownerOnly);
      Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
    }
  }
}
