package dev.muster.cli.everything;

import dev.muster.cli.Noun;
import dev.muster.cli.listing.ListingCommand;
import picocli.CommandLine.Command;

/** {@code list}: clusters and jobs of every system, in one table. */
@Command(
    footer = {
      "# What is there, in the namespace of the current context",
      "muster list",
      "# Everywhere, as records for a script",
      "muster list -A -o json"
    })
public final class ListCommand extends ListingCommand {
  public ListCommand() {
    super(Noun.ANY);
  }
}
