package dev.muster.cli.job;

import dev.muster.cli.Noun;
import dev.muster.cli.Session;
import dev.muster.cli.options.JobOptions;
import dev.muster.v1.Setting;
import dev.muster.v1.SubmitRequest;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code submit job [NAME] [-- COMMAND]}: a command, or a definition. */
@Command(
    footer = {
      "# A command on a Ray cluster, with the files of this directory",
      "muster submit job --cluster-name demo -w . -- python train.py --epochs 3",
      "# The same under a name, and its log until it is over",
      "muster submit job train --cluster-name demo -w . --follow -- python train.py",
      "# What 'muster define job train' wrote to train.job.yaml",
      "muster submit job train --cluster-name demo",
      "# The same without a Ray cluster, as pods on Kubernetes; return when it is over",
      "muster submit job train --wait --timeout 1h"
    })
public final class SubmitCommand extends SubmittingCommand {
  @Mixin(name = "codeflare")
  ClusterQuestion question;

  public SubmitCommand(Noun noun) {
    super(noun);
  }

  @Override
  protected void configure(CommandSpec command) {
    command.addMixin(JobOptions.MIXIN, JobOptions.SUBMITTED.mixin());
    command.addMixin("definition", JobOptions.OF_DEFINITION.mixin());
    super.configure(command);
  }

  @Override
  protected List<Setting> settings(ParseResult typed) {
    return JobOptions.SUBMITTED_OR_DEFINED.settings(typed);
  }

  @Override
  protected boolean isEnough(List<Setting> settings) {
    return false;
  }

  @Override
  protected SubmitRequest completed(Session session, SubmitRequest request) {
    return request.toBuilder()
        .clearSettings()
        .addAllSettings(question.answered(session.io(), request.getSettingsList()))
        .build();
  }
}
