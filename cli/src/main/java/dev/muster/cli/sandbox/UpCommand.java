package dev.muster.cli.sandbox;

import dev.muster.cli.ExitCode;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Session;
import dev.muster.cli.sandbox.Sandbox.Running;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sandbox up}: one that runs already is left alone. */
@Command(
    footer = {
      "# A Kubernetes with KubeRay, AppWrapper and Kueue to try things on, simulated",
      "muster sandbox up",
      "# Ten times faster than a real one",
      "muster sandbox up --speed 10"
    })
public final class UpCommand extends MusterCommand {
  static final String CONTEXT = "muster-sandbox";

  @Mixin SpeedOption speed;

  @Override
  public ExitCode run(Session session) {
    String factor = speed.speed();
    Sandbox sandbox = new Sandbox(session);
    Optional<Running> before = sandbox.running();
    Running running = before.orElseGet(() -> sandbox.start(factor));
    session
        .io()
        .out()
        .println("the sandbox runs at %s, process %d".formatted(running.url(), running.pid()))
        .flush();
    session.io().warn("It is a simulation: no container runs, and nothing is kept when it ends.");
    session.io().warn("next: muster define raycluster demo");
    session.io().warn("      muster create raycluster demo --wait --context " + CONTEXT);
    return ExitCode.DONE;
  }
}
