package dev.muster.cli;

import dev.muster.v1.Dashboard;
import dev.muster.v1.Target;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command that several nouns have: in its examples {@code NOUN} stands for the noun as it is
 * typed, and {@code TITLE} and {@code TITLES} for what it is called.
 */
public abstract class NounCommand extends MusterCommand {
  private static final String CLUSTER = "--cluster-name";

  protected final Noun noun;
  private static final List<String> DASHBOARD = List.of("--address", "--headers", "--verify");

  private CommandSpec parsed;

  protected NounCommand(Noun noun) {
    this.noun = noun;
  }

  @Override
  protected void configure(CommandSpec spec) {
    String[] footer = spec.usageMessage().footer().clone();
    for (int i = 0; i < footer.length; i++) {
      footer[i] =
          footer[i]
              .replace("TITLES", noun.titles())
              .replace("TITLE", noun.title())
              .replace("NOUN", noun.name());
    }
    spec.usageMessage().footer(footer);
    if (noun.isInCluster() && spec.findOption(CLUSTER) == null) {
      parsed = spec;
      spec.addOption(
          OptionSpec.builder(CLUSTER, "--ray-cluster")
              .paramLabel("CLUSTER")
              .type(String.class)
              .description("The Ray cluster that it is on: NAME is the same as CLUSTER/NAME then.")
              .build());
      if (asksRay()) {
        addDashboard(spec);
      }
    }
  }

  /** Whether it is told, as ray job is, where the dashboard of the cluster is. */
  protected boolean asksRay() {
    return false;
  }

  private static void addDashboard(CommandSpec spec) {
    List<String> labels = List.of("URL", "JSON", "true|false|FILE");
    List<String> descriptions =
        List.of(
            "Where the cluster's dashboard is; otherwise as it was said last, or a way is found.",
            "Headers for the requests to --address, as an object of texts.",
            "Whether the certificate of --address is looked at, or the CA that it must be of.");
    for (int i = 0; i < DASHBOARD.size(); i++) {
      spec.addOption(
          OptionSpec.builder(DASHBOARD.get(i))
              .paramLabel(labels.get(i))
              .type(String.class)
              .description(descriptions.get(i))
              .build());
    }
  }

  /**
   * A target with what was typed about the dashboard of the cluster.
   *
   * @param full the name with its cluster in front
   * @throws CliFailure if that is typed and the cluster is not
   */
  protected final Target aimed(Target target, String full) {
    if (parsed == null || DASHBOARD.stream().allMatch(option -> typed(option).isEmpty())) {
      return target;
    }
    if (!full.contains("/")) {
      throw CliFailure.usage(
          "--address is about one Ray cluster: say --cluster-name CLUSTER, or CLUSTER/NAME");
    }
    return target.toBuilder()
        .setDashboard(
            Dashboard.newBuilder()
                .setCluster(full.substring(0, full.indexOf('/')))
                .setAddress(typed(DASHBOARD.get(0)))
                .setHeaders(typed(DASHBOARD.get(1)))
                .setVerify(typed(DASHBOARD.get(2))))
        .build();
  }

  private String typed(String option) {
    return parsed.findOption(option) == null
        ? ""
        : parsed.commandLine().getParseResult().matchedOptionValue(option, "");
  }

  /** The name that was typed, with the cluster that an option names in front. */
  protected final String full(String name) {
    String cluster =
        parsed == null ? "" : parsed.commandLine().getParseResult().matchedOptionValue(CLUSTER, "");
    if (cluster.isEmpty()) {
      return name;
    }
    if (name.isEmpty() || name.contains("/")) {
      throw CliFailure.usage(
          name.isEmpty()
              ? CLUSTER + " is for one name here, which is missing"
              : "'%s' names its cluster; leave %s out".formatted(name, CLUSTER));
    }
    return cluster + "/" + name;
  }
}
