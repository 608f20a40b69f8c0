package dev.muster.cli.sandbox;

import dev.muster.cli.CliFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast the simulation runs. */
@Command
final class SpeedOption {
  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      description = "How many times faster than in truth things happen; 1 if left out.")
  String speed = "1";

  /**
   * @throws CliFailure if it is no positive number
   */
  String speed() {
    try {
      if (Double.parseDouble(speed) > 0) {
        return speed;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw CliFailure.usage("--speed '%s' is not a positive number, such as 10".formatted(speed));
  }
}
