package dev.muster.cli.resource;

import dev.muster.cli.Noun;
import dev.muster.cli.listing.HistoryListing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code history NOUN [NAME]}. */
@Command(
    footer = {
      "# What became of one, also when it is gone",
      "muster history NOUN demo",
      "# Of all in the last hour, with queues and cursors",
      "muster history NOUN -A --since 1h -o wide"
    })
public final class HistoryCommand extends HistoryListing {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Which one; all of the namespace if left out.")
  String name = "";

  public HistoryCommand(Noun noun) {
    super(noun);
  }

  @Override
  protected String name() {
    return full(name);
  }
}
