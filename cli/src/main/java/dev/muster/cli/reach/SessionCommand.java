package dev.muster.cli.reach;

import dev.muster.cli.ExitCode;
import dev.muster.cli.Noun;
import dev.muster.cli.NounCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.output.Cells;
import dev.muster.v1.ForwardRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code session NOUN NAME}: the dashboard and Ray's client on ports of this machine. */
@Command(
    footer = {
      "# Until Ctrl-C: the dashboard on http://localhost:8265, and what else it has",
      "muster session NOUN demo",
      "# In Python meanwhile, on a cluster: ray.init(\"ray://localhost:10001\")",
      "muster session NOUN demo -n team-a"
    })
public final class SessionCommand extends NounCommand {
  @Mixin TargetOptions target;

  @Parameters(arity = "1", paramLabel = "NAME", description = "Which one.")
  String name;

  public SessionCommand(Noun noun) {
    super(noun);
  }

  /** What is asked, but for who asks. */
  public ForwardRequest request() {
    return ForwardRequest.newBuilder()
        .setTarget(target.target())
        .setKind(noun.name())
        .setName(name)
        .build();
  }

  @Override
  public ExitCode run(Session session) {
    return new Forwarding(session)
        .hold(
            request(),
            ports ->
                ports.forEach(
                    port ->
                        session
                            .io()
                            .out()
                            .println(Cells.clean(port.getName() + ": " + Forwarding.url(port)))));
  }
}
