package dev.muster.cli.listing;

import dev.muster.cli.Noun;
import dev.muster.v1.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Options that choose rows by a cell; which there are depends on the noun. */
public final class Filters {
  /** Where a job shows the Ray cluster that it is on. */
  private static final String RAYCLUSTER = "RAYCLUSTER";

  /**
   * @param label of its value; empty for a flag
   * @param column the title of the cell's column
   * @param value of a flag
   */
  private record Filter(
      List<String> names, String label, String column, String description, String value) {
    OptionSpec spec() {
      OptionSpec.Builder option =
          OptionSpec.builder(names.toArray(String[]::new)).description(description);
      return label.isEmpty()
          ? option.arity("0").type(Boolean.class).build()
          : option
              .paramLabel(label)
              .arity("1")
              .type(List.class)
              .auxiliaryTypes(String.class)
              .splitRegex(",")
              .build();
    }

    List<Match> typed(ParseResult typed) {
      if (!typed.hasMatchedOption(names.get(0))) {
        return List.of();
      }
      List<String> values =
          label.isEmpty() ? List.of(value) : typed.matchedOptionValue(names.get(0), List.of());
      return values.stream()
          .map(cell -> Match.newBuilder().setColumn(column).setValue(cell).build())
          .toList();
    }
  }

  private static final List<String> CLUSTER_NAMES = List.of("-c", "--cluster", "--ray-cluster");

  private static final Filter CLUSTER =
      new Filter(CLUSTER_NAMES, "NAME", "CLUSTER", "Only those of that Ray cluster.", "");

  private static final Filter JOBS_CLUSTER =
      new Filter(
          List.of("-c", "--cluster-name", "--cluster", "--ray-cluster"),
          "NAME",
          RAYCLUSTER,
          "Only those on that Ray cluster.",
          "");

  private static final Filter ON_KUBERNETES =
      new Filter(
          List.of("--kube-mcad-scheduler-only"),
          "",
          "SCHEDULER",
          "Only those that run as pods of their own, on no Ray cluster.",
          "kubernetes");

  private static final Map<String, List<Filter>> FILTERS =
      Map.of(
          "node",
          List.of(CLUSTER),
          "workergroup",
          List.of(CLUSTER),
          "job",
          List.of(JOBS_CLUSTER, ON_KUBERNETES),
          "rayjob",
          List.of(JOBS_CLUSTER),
          "localqueue",
          List.of(
              new Filter(
                  List.of("--flavor", "--flavors"),
                  "FLAVOR",
                  "FLAVORS",
                  "Only those that give out that flavor; may be repeated, for all of them.",
                  "")));

  private Filters() {}

  static void add(Noun noun, CommandSpec spec) {
    of(noun).forEach(filter -> spec.addOption(filter.spec()));
  }

  /** What was typed. */
  public static List<Match> typed(Noun noun, ParseResult typed) {
    List<Match> matches = new ArrayList<>();
    of(noun).forEach(filter -> matches.addAll(filter.typed(typed)));
    return matches;
  }

  /** Whether it says on which cluster. */
  public static boolean isCluster(Match match) {
    return match.getColumn().equals(RAYCLUSTER) || match.getColumn().equals(CLUSTER.column);
  }

  private static List<Filter> of(Noun noun) {
    return FILTERS.getOrDefault(noun.name(), List.of());
  }
}
