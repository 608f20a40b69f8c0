package dev.muster.cli.raycluster;

import dev.muster.cli.listing.ListingCommand;
import picocli.CommandLine.Command;

/** {@code list raycluster}. */
@Command(
    footer = {
      "# The Ray clusters of one namespace",
      "muster list raycluster -n team-a",
      "# Of all namespaces, with more columns",
      "muster list raycluster -A -o wide",
      "# The names of those with a label",
      "muster list raycluster -l team=vision -o name"
    })
public final class ListCommand extends ListingCommand {
  public ListCommand() {
    super(RayCluster.KIND);
  }
}
