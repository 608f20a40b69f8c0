package dev.muster.cli.daemon;

import dev.muster.cli.ExitCode;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Session;
import dev.muster.proto.Daemons;
import picocli.CommandLine.Command;

/** {@code daemon stop}: returns when it has ended; no daemon is fine too. */
@Command(footer = {"# The next command that needs it starts it again", "muster daemon stop"})
public final class StopCommand extends MusterCommand {
  @Override
  public ExitCode run(Session session) {
    boolean stopped = Daemons.stop(session.places());
    session.io().out().println(stopped ? "the daemon has ended" : "no daemon is running");
    return ExitCode.DONE;
  }
}
