package dev.muster.cli.daemon;

import dev.muster.cli.ExitCode;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Session;
import dev.muster.proto.Daemons;
import picocli.CommandLine.Command;

/** {@code daemon restart}. */
@Command(
    footer = {"# After a change of what the daemon reads at its start", "muster daemon restart"})
public final class RestartCommand extends MusterCommand {
  @Override
  public ExitCode run(Session session) {
    Daemons.stop(session.places());
    return new StartCommand().run(session);
  }
}
