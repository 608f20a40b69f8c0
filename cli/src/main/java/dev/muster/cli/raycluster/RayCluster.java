package dev.muster.cli.raycluster;

import dev.muster.cli.output.Cells;

/** What the commands of this noun share. */
final class RayCluster {
  /** The noun, as the daemon knows it. */
  static final String KIND = "raycluster";

  /** For calls that reach the API server and may have to make a connection to it first. */
  static final long DEADLINE_SECONDS = 60;

  private RayCluster() {}

  /** As kubectl names it in "raycluster.ray.io/demo created". */
  static String qualified(String name) {
    return "raycluster.ray.io/" + Cells.clean(name);
  }
}
