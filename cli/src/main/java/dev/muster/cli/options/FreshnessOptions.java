package dev.muster.cli.options;

import dev.muster.cli.Durations;
import dev.muster.v1.Freshness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How old an answer may be. */
@Command
public final class FreshnessOptions {
  @Option(names = "--fresh", description = "Ask the server now, past the cache.")
  boolean fresh;

  @Option(
      names = "--max-age",
      paramLabel = "DURATION",
      description = "Refuse an answer that was last known to be true longer ago, such as 30s.")
  String maxAge = "";

  /**
   * @throws dev.muster.cli.CliFailure if the age is no duration
   */
  public Freshness freshness() {
    long millis = maxAge.isEmpty() ? 0 : Durations.parse("--max-age", maxAge).toMillis();
    return Freshness.newBuilder().setLive(fresh).setMaxAgeMs(millis).build();
  }
}
