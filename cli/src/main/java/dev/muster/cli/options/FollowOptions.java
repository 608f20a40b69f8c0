package dev.muster.cli.options;

import dev.muster.cli.CliFailure;
import dev.muster.cli.Durations;
import dev.muster.cli.wait.Goal;
import dev.muster.v1.Resource;
import dev.muster.v1.Target;
import dev.muster.v1.WaitRequest;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether a submission is followed to the job's end. */
@Command
public final class FollowOptions {
  @Option(
      names = "--wait",
      description = "Return when it is over: 0 if it succeeded, 1 if it failed or was stopped.")
  boolean wait;

  @Option(
      names = "--follow",
      description = "Print its log as it comes, and return when it is over, as --wait does.")
  boolean follow;

  @Option(names = "--no-wait", description = "Return when it is submitted, which is so anyway.")
  boolean noWait;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "With --wait or --follow: how long at most, such as 10m; otherwise for ever.")
  String timeout = "";

  /**
   * @throws CliFailure if they do not go together
   */
  public void check() {
    if (noWait && (wait || follow)) {
      throw CliFailure.usage("--no-wait does not go together with --wait or --follow");
    }
    if (!timeout.isEmpty() && !wait && !follow) {
      throw CliFailure.usage("--timeout is for --wait or --follow; add one of them");
    }
    timeout();
  }

  public boolean waits() {
    return wait;
  }

  public boolean follows() {
    return follow;
  }

  /** Zero: for ever. */
  public Duration timeout() {
    return timeout.isEmpty() ? Duration.ZERO : Durations.parse("--timeout", timeout);
  }

  /** A wait for the success of exactly what was submitted. */
  public WaitRequest request(Target target, Resource submitted) {
    return WaitOptions.request(target, submitted, Goal.SUCCEEDED, timeout().toMillis());
  }
}
