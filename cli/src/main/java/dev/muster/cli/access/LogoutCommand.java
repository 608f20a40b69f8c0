package dev.muster.cli.access;

import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.output.Cells;
import dev.muster.v1.AccessGrpc;
import dev.muster.v1.LogoutReply;
import dev.muster.v1.LogoutRequest;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code logout}: takes back what a login did, and nothing else. */
@Command(
    footer = {
      "# The token goes, or the chosen kubeconfig is forgotten",
      "muster logout",
      "# Of one of several logins",
      "muster logout --context alice@api-example-org:6443"
    })
public final class LogoutCommand extends MusterCommand {
  private static final long DEADLINE_SECONDS = 30;

  @Mixin TargetOptions target;

  @Override
  public ExitCode run(Session session) {
    Io io = session.io();
    LogoutReply reply =
        AccessGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
            .logout(
                LogoutRequest.newBuilder()
                    .setCaller(session.caller())
                    .setTarget(target.target())
                    .build());
    io.out()
        .println(
            reply.getLoggedIn()
                ? "Successfully logged out of '" + Cells.clean(reply.getServer()) + "'"
                : "Not logged in")
        .flush();
    return ExitCode.DONE;
  }
}
