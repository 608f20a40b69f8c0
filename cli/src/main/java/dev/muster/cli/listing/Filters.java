package dev.muster.cli.listing;

import dev.muster.cli.Noun;
import dev.muster.v1.Match;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Options that choose rows by a cell; which there are depends on the noun. */
public final class Filters {
  /**
   * @param column the title of the cell's column
   */
  private record Filter(List<String> names, String label, String column, String description) {}

  private static final Filter CLUSTER =
      new Filter(
          List.of("-c", "--cluster", "--ray-cluster"),
          "NAME",
          "CLUSTER",
          "Only those of that Ray cluster.");

  private static final Map<String, Filter> FILTERS =
      Map.of(
          "node",
          CLUSTER,
          "workergroup",
          CLUSTER,
          "localqueue",
          new Filter(
              List.of("--flavor", "--flavors"),
              "FLAVOR",
              "FLAVORS",
              "Only those that give out that flavor; may be repeated, for all of them."));

  private Filters() {}

  static void add(Noun noun, CommandSpec spec) {
    Filter filter = FILTERS.get(noun.name());
    if (filter != null) {
      spec.addOption(
          OptionSpec.builder(filter.names.toArray(String[]::new))
              .paramLabel(filter.label)
              .arity("1")
              .type(List.class)
              .auxiliaryTypes(String.class)
              .splitRegex(",")
              .description(filter.description)
              .build());
    }
  }

  /** What was typed. */
  public static List<Match> typed(Noun noun, ParseResult typed) {
    Filter filter = FILTERS.get(noun.name());
    if (filter == null || !typed.hasMatchedOption(filter.names.get(0))) {
      return List.of();
    }
    List<String> values = typed.matchedOptionValue(filter.names.get(0), List.of());
    return values.stream()
        .map(value -> Match.newBuilder().setColumn(filter.column).setValue(value).build())
        .toList();
  }
}
