package dev.muster.daemon.ray;

import java.nio.file.Path;

/** Files of this machine that a job needs where it runs: one package. */
public sealed interface LocalFiles permits WorkingDirectory, LocalModule, LocalArchive {
  /** The directory or file. */
  Path path();
}
