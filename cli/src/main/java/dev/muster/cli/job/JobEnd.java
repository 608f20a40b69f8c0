package dev.muster.cli.job;

import dev.muster.cli.ExitCode;
import dev.muster.cli.Noun;
import dev.muster.cli.Session;
import dev.muster.cli.options.WaitOptions;
import dev.muster.cli.output.Cells;
import dev.muster.v1.Resource;

/** How a job that was followed came out: a line on standard error, and the exit code. */
final class JobEnd {
  private JobEnd() {}

  static ExitCode told(Session session, Noun noun, Resource end) {
    boolean succeeded = end.getState().equals("SUCCEEDED");
    String reason = succeeded || end.getReason().isEmpty() ? "" : ": " + end.getReason();
    session
        .io()
        .warn(noun.qualified(WaitOptions.name(end)) + " " + Cells.clean(end.getState() + reason));
    return succeeded ? ExitCode.DONE : ExitCode.FAILED;
  }
}
