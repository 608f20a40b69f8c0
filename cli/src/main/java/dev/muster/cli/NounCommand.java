package dev.muster.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command that several nouns have: in its examples {@code NOUN} stands for the noun as it is
 * typed, and {@code TITLE} and {@code TITLES} for what it is called.
 */
public abstract class NounCommand extends MusterCommand {
  private static final String CLUSTER = "--cluster-name";

  protected final Noun noun;
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
    }
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
