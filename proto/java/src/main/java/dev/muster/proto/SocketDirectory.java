package dev.muster.proto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The directory of the socket is what protects it: whoever can write there can put another socket
 * in its place.
 */
public final class SocketDirectory {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private SocketDirectory() {}

  /**
   * Looks without following a link.
   *
   * @return false if it is not there
   * @throws DaemonException if others may enter it or somebody else owns it
   */
  public static boolean check(Path directory) {
    try {
      PosixFileAttributes attributes =
          Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isDirectory()) {
        throw unsafe(directory + " is not a directory; remove it and try again");
      }
      String me = System.getProperty("user.name");
      if (!attributes.owner().getName().equals(me)) {
        throw unsafe(
            "%s belongs to %s, not to %s; remove it or set XDG_RUNTIME_DIR to a directory of your own"
                .formatted(directory, attributes.owner().getName(), me));
      }
      if (!attributes.permissions().equals(OWNER_ONLY)) {
        throw unsafe(
            "the permissions on %s (%s) let others reach the daemon; run: chmod 700 %s"
                .formatted(
                    directory, PosixFilePermissions.toString(attributes.permissions()), directory));
      }
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw unsafe("cannot look at " + directory + ": " + e.getMessage());
    }
  }

  /** Makes it, 0700, with whatever is missing above it, and checks it. */
  public static void create(Path directory) {
    try {
      if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        PrivateFiles.directory(directory);
      }
    } catch (IOException e) {
      throw unsafe("cannot make " + directory + " for the daemon's socket: " + e.getMessage());
    }
    check(directory);
  }

  private static DaemonException unsafe(String sentence) {
    return new DaemonException(DaemonException.Kind.UNSAFE, sentence);
  }
}
