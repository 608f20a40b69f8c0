package dev.muster.cli.job;

import dev.muster.cli.ExitCode;
import dev.muster.cli.Noun;
import dev.muster.cli.NounCommand;
import dev.muster.cli.Session;
import dev.muster.cli.define.DefiningCommand;
import dev.muster.cli.define.Names;
import dev.muster.cli.options.FollowOptions;
import dev.muster.cli.options.JobOptions;
import dev.muster.cli.options.OutputOptions;
import dev.muster.cli.options.TargetOptions;
import dev.muster.v1.DefineReply;
import dev.muster.v1.DefineRequest;
import dev.muster.v1.Setting;
import dev.muster.v1.SubmitRequest;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code create job [NAME]}: define and submit in one go. */
@Command(
    footer = {
      "# Write train.job.yaml and submit it to a Ray cluster",
      "muster create job train --script train.py --cluster-name demo",
      "# The same as pods on Kubernetes, and its log until it is over",
      "muster create job train --script train.py --j 2x1 --cpu 2 --gpu 0 --memMB 4000 --follow"
    })
public final class CreateCommand extends NounCommand {
  @Mixin TargetOptions target;
  @Mixin OutputOptions output;
  @Mixin FollowOptions follow;

  @Mixin(name = "codeflare")
  ClusterQuestion question;

  @Spec CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The name.")
  String name = "";

  @Option(names = "--name", paramLabel = "NAME", description = "The same as NAME.")
  String nameOption = "";

  @Option(names = "--force", description = "Replace a different file of that name.")
  boolean force;

  @Option(names = "--dry-run", description = "Print what would be sent; write and submit nothing.")
  boolean dryRun;

  public CreateCommand(Noun noun) {
    super(noun);
  }

  @Override
  protected void configure(CommandSpec command) {
    command.addMixin(JobOptions.MIXIN, JobOptions.DEFINED.mixin());
    super.configure(command);
  }

  @Override
  public ExitCode run(Session session) {
    Submission submission = new Submission(session, noun, target, output, follow);
    submission.check();
    List<Setting> settings =
        question.answered(
            session.io(), JobOptions.DEFINED.settings(spec.commandLine().getParseResult()));
    DefineReply defined =
        DefiningCommand.defined(
            session,
            DefineRequest.newBuilder()
                .setTarget(target.target())
                .setKind(noun.name())
                .setName(Names.one(name, nameOption))
                .addAllSettings(settings)
                .build());
    SubmitRequest.Builder request =
        SubmitRequest.newBuilder()
            .setTarget(target.target())
            .setKind(noun.name())
            .setName(defined.getName())
            .addAllSettings(settings.stream().filter(CreateCommand::isPlace).toList())
            .setDryRun(dryRun);
    if (dryRun) {
      return submission.run(request.setText(defined.getYaml()).build());
    }
    DefiningCommand.write(defined, session.io().directory().resolve(defined.getFileName()), force);
    return submission.run(request.setFile(defined.getFileName()).build());
  }

  /** Says where it goes, not what it is. */
  private static boolean isPlace(Setting setting) {
    return setting.getName().equals("cluster-name") || setting.getName().equals("scheduler");
  }
}
