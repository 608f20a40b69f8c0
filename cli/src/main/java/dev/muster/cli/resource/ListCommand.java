package dev.muster.cli.resource;

import dev.muster.cli.Noun;
import dev.muster.cli.listing.ListingCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** {@code list NOUN}. */
@Command(
    footer = {
      "# The TITLES of one namespace",
      "muster list NOUN -n team-a",
      "# Of all namespaces, with more columns",
      "muster list NOUN -A -o wide",
      "# The names of those with a label",
      "muster list NOUN -l team=vision -o name"
    })
public final class ListCommand extends ListingCommand {
  public ListCommand(Noun noun) {
    super(noun);
  }

  @Override
  protected void configure(CommandSpec spec) {
    if (!noun.namespaced()) {
      spec.usageMessage()
          .footer(
              "# All TITLES, with more columns",
              "muster list NOUN -o wide",
              "# The names of those with a label",
              "muster list NOUN -l team=vision -o name");
    }
    super.configure(spec);
  }
}
