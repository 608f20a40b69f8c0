package dev.muster.cli.resource;

import dev.muster.cli.Durations;
import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.Noun;
import dev.muster.cli.NounCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.OutputOptions;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.output.Cells;
import dev.muster.cli.output.Output;
import dev.muster.cli.wait.Goal;
import dev.muster.cli.wait.Waiting;
import dev.muster.v1.GetReply;
import dev.muster.v1.Resource;
import dev.muster.v1.WaitRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wait NOUN NAME}. */
@Command(
    footer = {
      "# Until it is ready, for ever",
      "muster wait NOUN demo",
      "# At most ten minutes; exit code 5 if that is not enough",
      "muster wait NOUN demo --timeout 10m",
      "# Until it is gone",
      "muster wait NOUN demo --for deleted",
      "# Also when it has yet to be created by somebody else",
      "muster wait NOUN demo --exists-within 30s"
    })
public final class WaitCommand extends NounCommand {

  @Mixin TargetOptions target;
  @Mixin OutputOptions output;

  @Parameters(arity = "1", paramLabel = "NAME", description = "Which one.")
  String name;

  @Option(
      names = "--for",
      paramLabel = "GOAL",
      description =
          "A state such as RUNNING, or ready, or deleted; otherwise ready, and SUCCEEDED of a job.")
  String goal = "";

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "How long at most, such as 10m; otherwise for ever.")
  String timeout = "";

  @Option(
      names = "--exists-within",
      paramLabel = "DURATION",
      description = "How long it may be absent at first; otherwise not at all.")
  String existsWithin = "";

  public WaitCommand(Noun noun) {
    super(noun);
  }

  @Override
  protected boolean asksRay() {
    return true;
  }

  @Override
  protected void configure(CommandSpec spec) {
    if (noun.isJob()) {
      spec.usageMessage()
          .footer(
              "# Until it is over; exit code 0 if it succeeded, 1 if it failed or was stopped",
              "muster wait NOUN train",
              "# At most ten minutes; exit code 5 if that is not enough",
              "muster wait NOUN train --timeout 10m",
              "# Until it runs",
              "muster wait NOUN train --for running");
    }
    super.configure(spec);
  }

  private String goal() {
    if (goal.isEmpty()) {
      return noun.isJob() ? Goal.SUCCEEDED : Goal.READY;
    }
    return Goal.parse(goal);
  }

  /** What is asked, but for who asks. */
  public WaitRequest request() {
    return WaitRequest.newBuilder()
        .setTarget(aimed(target.target(), full(name)))
        .setKind(noun.name())
        .setName(full(name))
        .setGoal(goal())
        .setTimeoutMs(timeout.isEmpty() ? 0 : Durations.parse("--timeout", timeout).toMillis())
        .setExistsWithinMs(
            existsWithin.isEmpty()
                ? 0
                : Durations.parse("--exists-within", existsWithin).toMillis())
        .build();
  }

  @Override
  public ExitCode run(Session session) {
    Output printer = output.output(session.io());
    return new Waiting(session, noun.name(), target.retyped())
        .until(request(), end -> print(session.io(), printer, end));
  }

  private void print(Io io, Output printer, Resource end) {
    if (!output.isText()) {
      printer.show(GetReply.newBuilder().setResource(end).build());
    } else if (goal().equals(Goal.DELETED)) {
      io.out().println(noun.qualified(name) + " deleted");
    } else {
      io.out().println(noun.qualified(name) + " " + Cells.clean(end.getState()));
    }
  }
}
