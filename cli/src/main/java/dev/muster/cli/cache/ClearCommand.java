package dev.muster.cli.cache;

import dev.muster.cli.ExitCode;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Session;
import dev.muster.v1.ClearCacheRequest;
import dev.muster.v1.ControlGrpc;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

/** {@code cache clear}: asks no question, since all of it is read again from the servers. */
@Command(footer = {"# What is needed is read again from the servers", "muster cache clear"})
public final class ClearCommand extends MusterCommand {
  private static final long DEADLINE_SECONDS = 30;

  @Override
  public ExitCode run(Session session) {
    long rows =
        ControlGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
            .clearCache(ClearCacheRequest.getDefaultInstance())
            .getRows();
    session.io().out().println(rows + " rows forgotten");
    return ExitCode.DONE;
  }
}
