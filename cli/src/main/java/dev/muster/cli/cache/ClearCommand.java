package dev.muster.cli.cache;

import dev.muster.cli.ExitCode;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Session;
import dev.muster.v1.ClearCacheReply;
import dev.muster.v1.ClearCacheRequest;
import dev.muster.v1.ControlGrpc;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code cache clear}: asks no question, since all of it is read again from the servers; the
 * history, which is not, stays unless it is named.
 */
@Command(footer = {"# What is needed is read again from the servers", "muster cache clear"})
public final class ClearCommand extends MusterCommand {
  private static final long DEADLINE_SECONDS = 30;

  @Option(
      names = "--history",
      description = "Forget what became of things too, which nobody can tell again.")
  boolean history;

  @Override
  public ExitCode run(Session session) {
    ClearCacheReply cleared =
        ControlGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
            .clearCache(ClearCacheRequest.newBuilder().setHistory(history).build());
    session.io().out().println(cleared.getRows() + " rows forgotten");
    if (history) {
      session.io().out().println(cleared.getHistoryEntries() + " changes of state forgotten");
    }
    return ExitCode.DONE;
  }
}
