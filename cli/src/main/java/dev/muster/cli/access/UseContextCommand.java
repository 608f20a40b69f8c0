package dev.muster.cli.access;

import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.output.Cells;
import dev.muster.v1.AccessGrpc;
import dev.muster.v1.ContextEntry;
import dev.muster.v1.UseContextRequest;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code use context NAME}: for kubectl too, since it is the kubeconfig that is changed. */
@Command(
    footer = {
      "# From now on, in every terminal",
      "muster use context lab",
      "# For one command only",
      "muster list raycluster --context lab"
    })
public final class UseContextCommand extends MusterCommand {
  private static final long DEADLINE_SECONDS = 30;

  @Mixin TargetOptions target;

  @Parameters(
      arity = "1",
      paramLabel = "NAME",
      description = "One that 'muster list context' shows.")
  String name = "";

  @Override
  public ExitCode run(Session session) {
    Io io = session.io();
    ContextEntry context =
        AccessGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
            .useContext(
                UseContextRequest.newBuilder()
                    .setCaller(session.caller())
                    .setTarget(target.target())
                    .setName(name)
                    .build())
            .getContext();
    io.out().println("Using context " + Cells.clean(context.getName())).flush();
    io.warn(
        "server %s, in %s"
            .formatted(Cells.clean(context.getServer()), Cells.clean(context.getFile())));
    return ExitCode.DONE;
  }
}
