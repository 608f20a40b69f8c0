package dev.muster.cli.everything;

import dev.muster.cli.Noun;
import dev.muster.cli.listing.HistoryListing;
import picocli.CommandLine.Command;

/** {@code history}: what became of everything. */
@Command(
    footer = {
      "# Everything that happened in the last hour, in this namespace",
      "muster history --since 1h",
      "# Everywhere, as records with their cursors",
      "muster history -A -o json"
    })
public final class HistoryCommand extends HistoryListing {
  public HistoryCommand() {
    super(Noun.ANY);
  }
}
