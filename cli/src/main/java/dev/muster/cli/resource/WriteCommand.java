package dev.muster.cli.resource;

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
import dev.muster.v1.Resource;
import dev.muster.v1.WorkGrpc;
import dev.muster.v1.WorkGrpc.WorkBlockingStub;
import dev.muster.v1.WriteReply;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands have in common that change something which is there. */
abstract class WriteCommand extends NounCommand {
  @Mixin TargetOptions target;
  @Mixin OutputOptions output;

  @Option(names = "--dry-run", description = "Let the server check it, change nothing.")
  boolean dryRun;

  /** Said of what was changed: "scaled". */
  private final String participle;

  WriteCommand(Noun noun, String participle) {
    super(noun);
    this.participle = participle;
  }

  /** The one call. */
  abstract WriteReply write(WorkBlockingStub work, Session session);

  @Override
  public final ExitCode run(Session session) {
    Io io = session.io();
    Output printer = output.output(io);
    WriteReply reply = write(work(session), session);
    reply.getWarningsList().forEach(warning -> io.warn("warning: " + Cells.clean(warning)));
    Resource written = reply.getResource();
    if (output.isText()) {
      io.out().println(noun.done(written, participle, dryRun));
      reply
          .getOthersList()
          .forEach(other -> io.out().println(Noun.done(other, participle, dryRun)));
    } else {
      printer.show(GetReply.newBuilder().setResource(written).build());
    }
    return ExitCode.DONE;
  }

  static WorkBlockingStub work(Session session) {
    return WorkGrpc.newBlockingStub(session.channel())
        .withDeadlineAfter(Noun.DEADLINE_SECONDS, TimeUnit.SECONDS);
  }
}
