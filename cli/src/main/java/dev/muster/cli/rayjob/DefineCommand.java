package dev.muster.cli.rayjob;

import dev.muster.cli.CommandLines;
import dev.muster.cli.Noun;
import dev.muster.cli.TakesCommand;
import dev.muster.cli.define.DefiningCommand;
import dev.muster.cli.define.Names;
import dev.muster.cli.options.JobOptions;
import dev.muster.cli.options.RayClusterOptions;
import dev.muster.v1.DefineRequest;
import dev.muster.v1.Setting;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code define rayjob [NAME] -- COMMAND}: writes the manifest of a RayJob to NAME.yaml. */
@Command(
    footer = {
      "# With a cluster of its own, which has two workers and goes with it",
      "muster define rayjob nightly --num-workers 2 --shutdown-after-job-finishes -- python job.py",
      "# On a cluster that is there",
      "muster define rayjob nightly --cluster-name demo -- python job.py",
      "# Print it instead of writing it",
      "muster define rayjob nightly -o yaml -- python job.py"
    })
public final class DefineCommand extends DefiningCommand implements TakesCommand {
  @Spec CommandSpec spec;

  private List<String> command = List.of();

  public DefineCommand(Noun noun) {
    super(noun, "submit");
  }

  @Override
  protected void configure(CommandSpec spec) {
    spec.addMixin(JobOptions.MIXIN, JobOptions.RAYJOB.mixin());
    spec.addMixin(RayClusterOptions.MIXIN, RayClusterOptions.OF_A_JOB.mixin());
    super.configure(spec);
  }

  @Override
  public void command(List<String> words) {
    command = words;
  }

  @Override
  public DefineRequest request() {
    DefineRequest.Builder request =
        DefineRequest.newBuilder()
            .setTarget(target.target())
            .setKind(noun.name())
            .setName(Names.one(name, nameOption))
            .setTemplate(template)
            .addAllSettings(
                JobOptions.RAYJOB_AND_CLUSTER.settings(spec.commandLine().getParseResult()));
    if (!command.isEmpty()) {
      request.addSettings(
          Setting.newBuilder().setName("entrypoint").addValues(CommandLines.joined(command)));
    }
    return request.build();
  }
}
