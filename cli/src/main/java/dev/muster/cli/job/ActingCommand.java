package dev.muster.cli.job;

import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.Noun;
import dev.muster.cli.NounCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.OutputOptions;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.output.Cells;
import dev.muster.cli.output.Output;
import dev.muster.v1.GetReply;
import dev.muster.v1.JobsGrpc;
import dev.muster.v1.JobsGrpc.JobsBlockingStub;
import dev.muster.v1.Resource;
import dev.muster.v1.StopJobRequest;
import dev.muster.v1.WriteReply;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** What the commands have in common that do something to a job that is there. */
abstract class ActingCommand extends NounCommand {
  @Mixin TargetOptions target;
  @Mixin OutputOptions output;

  @Parameters(arity = "1", paramLabel = "NAME", description = "Which one.")
  String name;

  private final String verb;

  ActingCommand(Noun noun, String verb) {
    super(noun);
    this.verb = verb;
  }

  /** The one call. */
  abstract WriteReply act(JobsBlockingStub jobs, StopJobRequest what);

  /** What was done, as a line. */
  abstract String said(Resource job);

  @Override
  protected void configure(CommandSpec spec) {
    String[] footer = spec.usageMessage().footer().clone();
    for (int i = 0; i < footer.length; i++) {
      footer[i] = footer[i].replace("VERB", verb);
    }
    spec.usageMessage().footer(footer);
    super.configure(spec);
  }

  @Override
  public final ExitCode run(Session session) {
    Io io = session.io();
    Output printer = output.output(io);
    JobsBlockingStub jobs =
        JobsGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(Noun.DEADLINE_SECONDS, TimeUnit.SECONDS);
    WriteReply reply =
        act(
            jobs,
            StopJobRequest.newBuilder()
                .setCaller(session.caller())
                .setTarget(aimed(target.target(), full(name)))
                .setKind(noun.name())
                .setName(full(name))
                .build());
    reply.getWarningsList().forEach(warning -> io.warn("warning: " + Cells.clean(warning)));
    if (output.isText()) {
      io.out().println(said(reply.getResource()));
    } else {
      printer.show(GetReply.newBuilder().setResource(reply.getResource()).build());
    }
    return ExitCode.DONE;
  }
}
