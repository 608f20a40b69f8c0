package dev.muster.cli.sandbox;

import dev.muster.cli.ExitCode;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Session;
import dev.muster.cli.sandbox.Sandbox.Running;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sandbox reset}: down, then up. */
@Command(footer = {"# Start again with nothing in it", "muster sandbox reset"})
public final class ResetCommand extends MusterCommand {
  @Mixin SpeedOption speed;

  @Override
  public ExitCode run(Session session) {
    String factor = speed.speed();
    Sandbox sandbox = new Sandbox(session);
    sandbox.running().ifPresent(sandbox::stop);
    Running running = sandbox.start(factor);
    session
        .io()
        .out()
        .println("the sandbox runs anew at %s, process %d".formatted(running.url(), running.pid()));
    return ExitCode.DONE;
  }
}
