package dev.muster.daemon.ray.workdir;

import dev.muster.daemon.core.Failure;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

/** Files of this machine as one package for Ray, which is named before it is made. */
public interface LocalPackage {
  /** Such as "_ray_pkg_0123….zip": Ray knows a package by this beginning and end. */
  String name();

  /**
   * Writes it.
   *
   * @throws Failure FAILED if its content changed since it was named, or the file cannot be written
   * @throws CancellationException if it was cancelled
   */
  void write(Path file);
}
