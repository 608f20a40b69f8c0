package dev.muster.daemon.ray.workdir;

import dev.muster.daemon.core.Failure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Finds what of a directory goes into its package, in an order that depends on the names alone.
 * Links are followed, as Ray's client does; one that leads nowhere is left out, like everything
 * that is neither file nor directory.
 */
final class PackageWalk {
  private final Path root;
  private final List<PackageEntry> found = new ArrayList<>();

  /** The real paths of the directories that are being walked, from the top. */
  private final List<Path> open = new ArrayList<>();

  private PackageWalk(Path root) {
    this.root = root;
  }

  /**
   * @throws Failure USAGE that names what is not a directory, cannot be read or leads in a circle
   */
  static List<PackageEntry> of(Path root, List<String> excludes) {
    if (!Files.exists(root)) {
      throw Failure.usage("there is no directory " + root + ": name one that is there.");
    }
    if (!Files.isDirectory(root)) {
      throw Failure.usage(root + " is not a directory: name the one that the job is to run in.");
    }
    PackageWalk walk = new PackageWalk(root);
    try {
      walk.children(root, "", Ignores.top(root, excludes));
    } catch (IOException e) {
      throw unreadable(root, e);
    }
    return List.copyOf(walk.found);
  }

  /**
   * One file alone, by the name that it has from the top.
   *
   * @throws Failure USAGE if it cannot be read
   */
  static List<PackageEntry> one(Path root, String name) {
    Path file = root.resolve(name);
    try {
      int mode = bits(Files.readAttributes(file, PosixFileAttributes.class).permissions());
      return List.of(new PackageEntry(name, file, mode));
    } catch (IOException e) {
      throw unreadable(root, e);
    }
  }

  private void children(Path directory, String prefix, Ignores ignores) throws IOException {
    Path real = directory.toRealPath();
    if (open.contains(real)) {
      throw circle(directory);
    }
    open.add(real);
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(children::add);
    }
    children.sort(Comparator.comparing(child -> child.getFileName().toString()));
    for (Path child : children) {
      visit(child, prefix + child.getFileName(), ignores);
    }
    open.removeLast();
  }

  private void visit(Path child, String name, Ignores ignores) throws IOException {
    PosixFileAttributes attributes;
    try {
      attributes = Files.readAttributes(child, PosixFileAttributes.class);
    } catch (NoSuchFileException e) {
      return;
    } catch (FileSystemException e) {
      // A link that leads to itself cannot be asked whether it is a directory.
      if (Files.isSymbolicLink(child) && !(e instanceof AccessDeniedException)) {
        if (ignores.leavesOut(name, false)) {
          return;
        }
        throw circle(child);
      }
      throw e;
    }
    if (ignores.leavesOut(name, attributes.isDirectory())) {
      return;
    }
    int mode = bits(attributes.permissions());
    if (attributes.isDirectory()) {
      found.add(new PackageEntry(name + "/", child, mode));
      children(child, name + "/", ignores.below(name + "/", child));
    } else if (attributes.isRegularFile()) {
      found.add(new PackageEntry(name, child, mode));
    }
  }

  private Failure circle(Path link) {
    return Failure.usage(
        link
            + " is a link that leads in a circle: remove it, or name it in "
            + root.resolve(".rayignore")
            + ".");
  }

  static Failure unreadable(Path root, IOException e) {
    String file = e instanceof FileSystemException named ? named.getFile() : root.toString();
    String why =
        switch (e) {
          case AccessDeniedException denied -> "permission denied";
          case NoSuchFileException gone -> "it has just gone";
          default -> String.valueOf(e.getMessage());
        };
    return new Failure(
        Failure.Kind.USAGE,
        file
            + " cannot be read ("
            + why
            + "): make it readable, or name it in "
            + root.resolve(".rayignore")
            + ".",
        e);
  }

  private static int bits(Set<PosixFilePermission> permissions) {
    int mode = 0;
    for (PosixFilePermission permission : permissions) {
      mode |=
          switch (permission) {
            case OWNER_READ -> 0400;
            case OWNER_WRITE -> 0200;
            case OWNER_EXECUTE -> 0100;
            case GROUP_READ -> 040;
            case GROUP_WRITE -> 020;
            case GROUP_EXECUTE -> 010;
            case OTHERS_READ -> 04;
            case OTHERS_WRITE -> 02;
            case OTHERS_EXECUTE -> 01;
          };
    }
    return mode;
  }
}
