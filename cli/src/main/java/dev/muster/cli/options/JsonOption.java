package dev.muster.cli.options;

import dev.muster.cli.CliFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** For the commands that print text, or one JSON object. */
@Command
public final class JsonOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "text or json.")
  String format = "text";

  /**
   * @throws CliFailure if another format is asked for
   */
  public boolean isJson() {
    if (!format.equals("text") && !format.equals("json")) {
      throw CliFailure.usage("-o takes text or json here, not '%s'".formatted(format));
    }
    return format.equals("json");
  }
}
