package dev.muster.cli.rayjob;

import dev.muster.cli.Noun;
import dev.muster.cli.job.SubmittingCommand;
import dev.muster.cli.options.JobOptions;
import dev.muster.cli.options.RayClusterOptions;
import dev.muster.v1.Setting;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** {@code submit rayjob [NAME] [-f FILE] [-- COMMAND]}, also called {@code create}. */
@Command(
    footer = {
      "# A command on a Ray cluster of its own, which goes with it",
      "muster VERB rayjob nightly --num-workers 2 --shutdown-after-job-finishes -- python job.py",
      "# On a cluster that is there, with local files, and its log until it is over",
      "muster VERB rayjob nightly --cluster-name demo -w . --follow -- python job.py",
      "# From nightly.yaml, which 'muster define rayjob nightly' wrote",
      "muster VERB rayjob nightly",
      "# From another file; return when it is over, with what it came to as the exit code",
      "muster VERB rayjob -f job.yaml --wait --timeout 1h",
      "# Only print the manifest",
      "muster VERB rayjob nightly --dry-run -- python job.py"
    })
public final class SubmitCommand extends SubmittingCommand {
  @Option(
      names = "--template",
      paramLabel = "TEMPLATE",
      description =
          "What the options are set on, without a manifest: a file, or the name of one in the"
              + " configuration directory.")
  String template = "";

  private final String verb;

  /**
   * @param verb as it is typed: submit, or create, which is the same
   */
  public SubmitCommand(Noun noun, String verb) {
    super(noun);
    this.verb = verb;
  }

  @Override
  protected void configure(CommandSpec command) {
    String[] footer = command.usageMessage().footer().clone();
    for (int i = 0; i < footer.length; i++) {
      footer[i] = footer[i].replace("VERB", verb);
    }
    command.usageMessage().footer(footer);
    command.addMixin(JobOptions.MIXIN, JobOptions.RAYJOB.mixin());
    command.addMixin(RayClusterOptions.MIXIN, RayClusterOptions.OF_A_JOB.mixin());
    super.configure(command);
  }

  @Override
  protected List<Setting> settings(ParseResult typed) {
    List<Setting> settings = JobOptions.RAYJOB_AND_CLUSTER.settings(typed);
    if (template.isEmpty()) {
      return settings;
    }
    List<Setting> all = new ArrayList<>(settings);
    all.add(Setting.newBuilder().setName("template").addValues(template).build());
    return all;
  }

  @Override
  protected boolean isEnough(List<Setting> settings) {
    return settings.stream().anyMatch(setting -> setting.getName().equals("entrypoint"));
  }
}
