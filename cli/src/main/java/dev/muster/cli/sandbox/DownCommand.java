package dev.muster.cli.sandbox;

import dev.muster.cli.ExitCode;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Session;
import dev.muster.cli.sandbox.Sandbox.Running;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code sandbox down}: none running is fine too. */
@Command(footer = {"# Everything in it is forgotten", "muster sandbox down"})
public final class DownCommand extends MusterCommand {
  @Override
  public ExitCode run(Session session) {
    Sandbox sandbox = new Sandbox(session);
    Optional<Running> running = sandbox.running();
    running.ifPresent(sandbox::stop);
    session
        .io()
        .out()
        .println(running.isPresent() ? "the sandbox has ended" : "no sandbox is running");
    return ExitCode.DONE;
  }
}
