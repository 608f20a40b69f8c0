package dev.muster.cli.job;

import dev.muster.cli.CliFailure;
import dev.muster.cli.ExitCode;
import dev.muster.cli.Noun;
import dev.muster.cli.NounCommand;
import dev.muster.cli.Session;
import dev.muster.cli.TakesCommand;
import dev.muster.cli.define.Names;
import dev.muster.cli.input.StandardInput;
import dev.muster.cli.options.FollowOptions;
import dev.muster.cli.options.OutputOptions;
import dev.muster.cli.options.TargetOptions;
import dev.muster.v1.Setting;
import dev.muster.v1.SubmitRequest;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** What {@code submit} of every kind of job has in common. */
public abstract class SubmittingCommand extends NounCommand implements TakesCommand {
  @Mixin TargetOptions target;
  @Mixin OutputOptions output;
  @Mixin FollowOptions follow;
  @Spec CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The name of its definition; with a command behind --, its own name.")
  String name = "";

  @Option(names = "--name", paramLabel = "NAME", description = "The same as NAME.")
  String nameOption = "";

  @Option(
      names = {"-f", "--file", "--filename"},
      paramLabel = "FILE",
      description = "The definition or manifest; - for standard input.")
  String file = "";

  @Option(names = "--dry-run", description = "Print what would be sent, submit nothing.")
  boolean dryRun;

  private List<String> command = List.of();

  protected SubmittingCommand(Noun noun) {
    super(noun);
  }

  @Override
  public final void command(List<String> words) {
    if (words.isEmpty()) {
      throw CliFailure.usage("there is no command behind '--'");
    }
    command = words;
  }

  /** The options that describe the job, as they were typed. */
  protected abstract List<Setting> settings(ParseResult typed);

  /** Whether those alone say what is to run. */
  protected abstract boolean isEnough(List<Setting> settings);

  /** What is asked, but for who asks and what standard input holds. */
  public SubmitRequest request() {
    String named = Names.one(name, nameOption);
    List<Setting> settings = settings(spec.commandLine().getParseResult());
    if (named.isEmpty() && file.isEmpty() && command.isEmpty() && !isEnough(settings)) {
      throw CliFailure.usage(
          "'%1$s' needs a name, a file (-f), or a command behind --; see '%1$s --help'"
              .formatted(spec.name()));
    }
    return SubmitRequest.newBuilder()
        .setTarget(target.target())
        .setKind(noun.name())
        .setName(named)
        .addAllSettings(settings)
        .addAllCommand(command)
        .setFile(file.equals("-") ? "" : file)
        .setDryRun(dryRun)
        .build();
  }

  @Override
  public final ExitCode run(Session session) {
    Submission submission = new Submission(session, noun, target, output, follow);
    submission.check();
    SubmitRequest.Builder request = completed(session, request()).toBuilder();
    if (file.equals("-")) {
      request.setText(StandardInput.text(session.io()));
    }
    return submission.run(request.build());
  }

  /** Asks for what is missing, where a person can answer. */
  protected SubmitRequest completed(Session session, SubmitRequest request) {
    return request;
  }
}
