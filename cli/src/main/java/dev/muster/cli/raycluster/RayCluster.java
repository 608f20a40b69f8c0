package dev.muster.cli.raycluster;

/** What the commands of this noun share. */
final class RayCluster {
  /** The noun, as the daemon knows it. */
  static final String KIND = "raycluster";

  /** For calls that reach the API server and may have to make a connection to it first. */
  static final long DEADLINE_SECONDS = 60;

  private RayCluster() {}
}
