package dev.muster.cli.options;

import dev.muster.cli.CliFailure;
import dev.muster.cli.Durations;
import dev.muster.v1.Resource;
import dev.muster.v1.Target;
import dev.muster.v1.WaitRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether a write is followed by a wait. */
@Command
public final class WaitOptions {
  @Option(
      names = "--wait",
      description = "Return when it is done, with what it came to as the exit code.")
  boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "With --wait: how long at most, such as 10m; otherwise for ever.")
  String timeout = "";

  /**
   * @throws CliFailure if a time-out is given without a wait, or is no duration
   */
  public boolean isWanted() {
    if (!wait && !timeout.isEmpty()) {
      throw CliFailure.usage("--timeout is for --wait; add --wait");
    }
    millis();
    return wait;
  }

  /** A wait for exactly what was written: its uid is pinned. */
  public WaitRequest request(Target target, Resource written, String goal) {
    return request(target, written, goal, millis());
  }

  /**
   * @param millis at most; 0: for ever
   */
  static WaitRequest request(Target target, Resource written, String goal, long millis) {
    return WaitRequest.newBuilder()
        .setTarget(target.toBuilder().setNamespace(written.getNamespace()))
        .setKind(written.getKind())
        .setName(name(written))
        .setUid(written.getUid())
        .setGoal(goal)
        .setTimeoutMs(millis)
        .build();
  }

  /** What means exactly that one. */
  public static String name(Resource resource) {
    return resource.getAddress().isEmpty() ? resource.getName() : resource.getAddress();
  }

  private long millis() {
    return timeout.isEmpty() ? 0 : Durations.parse("--timeout", timeout).toMillis();
  }
}
