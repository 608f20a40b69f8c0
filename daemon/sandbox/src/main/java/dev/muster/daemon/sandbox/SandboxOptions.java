package dev.muster.daemon.sandbox;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * How a sandbox runs.
 *
 * @param directory where it writes kubeconfig files
 * @param speed 1.0 takes the times of a real cluster's recorded transitions (a small RayCluster is
 *     ready after about 2 s), 100 a hundredth of them
 * @param clock what timestamps in objects are taken from
 * @param port to listen on, 0 for a free one
 */
public record SandboxOptions(Path directory, double speed, Clock clock, int port) {

  /** Checks the values. */
  public SandboxOptions {
    if (!(speed > 0 && speed <= 100_000)) {
      throw new IllegalArgumentException(
          "the speed must be above 0 and at most 100000, not " + speed);
    }
  }

  /** At the speed of a real cluster. */
  public static SandboxOptions in(Path directory) {
    return new SandboxOptions(directory, 1, Clock.systemUTC(), 0);
  }

  /** A hundred times as fast, for tests. */
  public static SandboxOptions fast(Path directory) {
    return in(directory).withSpeed(100);
  }

  /** The same with another speed. */
  public SandboxOptions withSpeed(double other) {
    return new SandboxOptions(directory, other, clock, port);
  }

  /** How long something takes here that takes so long on a real cluster. */
  Duration scaled(Duration real) {
    return Duration.ofNanos((long) (real.toNanos() / speed));
  }
}
