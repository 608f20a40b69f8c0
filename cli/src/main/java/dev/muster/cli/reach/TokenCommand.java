package dev.muster.cli.reach;

import dev.muster.cli.ExitCode;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Noun;
import dev.muster.cli.Session;
import dev.muster.cli.options.TargetOptions;
import dev.muster.v1.ReachGrpc;
import dev.muster.v1.TokenRequest;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code get token CLUSTER}: the token alone, for a script or a form. */
@Command(
    footer = {
      "# Of the Ray cluster demo",
      "muster get token demo",
      "# For a program that reads it from the environment",
      "RAY_AUTH_TOKEN=$(muster get token demo) ./program"
    })
public final class TokenCommand extends MusterCommand {
  @Mixin TargetOptions target;

  @Parameters(arity = "1", paramLabel = "CLUSTER", description = "Which Ray cluster.")
  String cluster;

  @Override
  public ExitCode run(Session session) {
    String token =
        ReachGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(Noun.DEADLINE_SECONDS, TimeUnit.SECONDS)
            .token(
                TokenRequest.newBuilder()
                    .setCaller(session.caller())
                    .setTarget(target.target())
                    .setCluster(cluster)
                    .build())
            .getToken();
    session.io().out().println(token);
    return ExitCode.DONE;
  }
}
