package dev.muster.daemon.kubernetes.contexts;

import dev.muster.daemon.core.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A file of the user's that is replaced whole or not at all: written beside it, flushed to the disk
 * and renamed. A symbolic link stays one, and what it points to is replaced. While it is changed,
 * kubectl's lock file is held, so that neither overwrites what the other has just written.
 */
final class KubeconfigFile {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");
  private static final int MOST_LINKS = 40;

  private final Path file;

  KubeconfigFile(Path file) {
    this.file = file;
  }

  /**
   * Makes the file, and its folder, if there is none.
   *
   * @param change of its text, "" if there is none; whatever it throws leaves the file as it is
   */
  void change(UnaryOperator<String> change) {
    try {
      Path real = followed(file);
      folder(real.getParent());
      Path lock = real.resolveSibling(real.getFileName() + ".lock");
      try {
        Files.createFile(lock, PosixFilePermissions.asFileAttribute(PRIVATE));
      } catch (FileAlreadyExistsException e) {
        throw new Failure(
            Failure.Kind.FAILED,
            file + " is being changed by another program; if there is none, remove " + lock + ".",
            e);
      }
      try {
        String before = Files.exists(real) ? Files.readString(real) : "";
        String after = change.apply(before);
        if (!after.equals(before)) {
          replace(real, after);
        }
      } finally {
        Files.delete(lock);
      }
    } catch (IOException e) {
      throw new Failure(Failure.Kind.USAGE, file + " cannot be changed: " + reason(e) + ".", e);
    }
  }

  /** The file that links lead to, even if there is none yet. */
  private static Path followed(Path link) throws IOException {
    Path path = link.toAbsolutePath();
    for (int i = 0; i < MOST_LINKS && Files.isSymbolicLink(path); i++) {
      path = path.resolveSibling(Files.readSymbolicLink(path)).normalize();
    }
    return path;
  }

  private static void folder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  private static void replace(Path real, String text) throws IOException {
    Set<PosixFilePermission> mode =
        Files.exists(real, LinkOption.NOFOLLOW_LINKS)
            ? Files.getPosixFilePermissions(real)
            : PRIVATE;
    Path half =
        Files.createTempFile(
            real.getParent(),
            "." + real.getFileName() + ".",
            ".tmp",
            PosixFilePermissions.asFileAttribute(PRIVATE));
    try {
      try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.setPosixFilePermissions(half, mode);
      Files.move(half, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel folder = FileChannel.open(real.getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    } finally {
      Files.deleteIfExists(half);
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case java.nio.file.AccessDeniedException denied -> "permission denied";
      case java.nio.charset.CharacterCodingException coding -> "it is not text in UTF-8";
      default -> String.valueOf(e.getMessage());
    };
  }
}
