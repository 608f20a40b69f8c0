package dev.muster.cli.job;

import dev.muster.cli.Noun;
import dev.muster.cli.define.DefiningCommand;
import dev.muster.cli.define.Names;
import dev.muster.cli.options.JobOptions;
import dev.muster.v1.DefineRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code define job [NAME]}: a distributed PyTorch job, as a file to be read and submitted. */
@Command(
    footer = {
      "# Two nodes with four processes each, written to train.job.yaml",
      "muster define job train --script train.py --j 2x4 --cpu 4 --gpu 4 --memMB 16000",
      "# A module instead of a script, with arguments",
      "muster define job train --m mypackage.train --script-args '--epochs 3'",
      "# Print it instead of writing it",
      "muster define job train --script train.py -o yaml"
    })
public final class DefineCommand extends DefiningCommand {
  @Spec CommandSpec spec;

  public DefineCommand(Noun noun) {
    super(noun, "submit");
  }

  @Override
  protected void configure(CommandSpec command) {
    command.addMixin(JobOptions.MIXIN, JobOptions.DEFINED.mixin());
    super.configure(command);
  }

  @Override
  public DefineRequest request() {
    return DefineRequest.newBuilder()
        .setTarget(target.target())
        .setKind(noun.name())
        .setName(Names.one(name, nameOption))
        .setTemplate(template)
        .addAllSettings(JobOptions.DEFINED.settings(spec.commandLine().getParseResult()))
        .build();
  }
}
