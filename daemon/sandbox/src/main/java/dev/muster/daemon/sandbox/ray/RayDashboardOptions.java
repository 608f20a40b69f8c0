package dev.muster.daemon.sandbox.ray;

import dev.muster.daemon.sandbox.controllers.Pace;
import java.nio.file.Path;
import java.time.Clock;

/**
 * How a dashboard stand-in runs.
 *
 * @param directory for its packages, logs and working directories: its own, removed when it closes
 * @param pace of what takes Ray time: setting up the environment, the log's tail, the patience with
 *     a job that is to stop
 * @param clock for the times of jobs
 * @param version of Ray that it says it is
 * @param node what a job may ask for at most
 * @param token that every call needs; empty when none does
 * @param packageLimit packages of that many bytes and more are refused
 */
public record RayDashboardOptions(
    Path directory,
    Pace pace,
    Clock clock,
    String version,
    NodeResources node,
    String token,
    long packageLimit) {

  /** The version whose answers were recorded. */
  public static final String RECORDED = "2.60.0";

  private static final long MIB = 1024 * 1024;

  /** Ray of the recorded version with two CPUs and no token, at the speed of a real one. */
  public static RayDashboardOptions in(Path directory) {
    return new RayDashboardOptions(
        directory,
        real -> real,
        Clock.systemUTC(),
        RECORDED,
        new NodeResources(2, 0, 8 * 1024 * MIB),
        "",
        500 * MIB);
  }

  public RayDashboardOptions withPace(Pace other) {
    return new RayDashboardOptions(directory, other, clock, version, node, token, packageLimit);
  }

  public RayDashboardOptions withClock(Clock other) {
    return new RayDashboardOptions(directory, pace, other, version, node, token, packageLimit);
  }

  public RayDashboardOptions withVersion(String other) {
    return new RayDashboardOptions(directory, pace, clock, other, node, token, packageLimit);
  }

  public RayDashboardOptions withNode(NodeResources other) {
    return new RayDashboardOptions(directory, pace, clock, version, other, token, packageLimit);
  }

  public RayDashboardOptions withToken(String other) {
    return new RayDashboardOptions(directory, pace, clock, version, node, other, packageLimit);
  }

  public RayDashboardOptions withPackageLimit(long other) {
    return new RayDashboardOptions(directory, pace, clock, version, node, token, other);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "Ray %s in %s".formatted(version, directory);
  }
}
