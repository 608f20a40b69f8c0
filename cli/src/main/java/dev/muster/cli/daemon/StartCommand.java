package dev.muster.cli.daemon;

import dev.muster.cli.ExitCode;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Session;
import dev.muster.proto.DaemonClient.Start;
import dev.muster.v1.ControlGrpc;
import dev.muster.v1.HelloReply;
import dev.muster.v1.HelloRequest;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

/** {@code daemon start}: what every other command does by itself when it needs the daemon. */
@Command(footer = {"# So that the first real command is quick", "muster daemon start"})
public final class StartCommand extends MusterCommand {
  @Override
  public ExitCode run(Session session) {
    HelloReply daemon =
        ControlGrpc.newBlockingStub(session.backend(Start.IF_NEEDED).channel())
            .withDeadlineAfter(StatusCommand.DEADLINE_SECONDS, TimeUnit.SECONDS)
            .hello(HelloRequest.getDefaultInstance());
    session.io().out().println("the daemon runs, process " + daemon.getPid());
    return ExitCode.DONE;
  }
}
