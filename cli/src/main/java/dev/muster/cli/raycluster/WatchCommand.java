package dev.muster.cli.raycluster;

import dev.muster.cli.CliFailure;
import dev.muster.cli.ExitCode;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.watch.EventLines;
import dev.muster.v1.StateGrpc;
import dev.muster.v1.WatchEvent;
import dev.muster.v1.WatchRequest;
import java.util.Iterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code watch raycluster [NAME]}: what is there, then each change, until it is interrupted. */
@Command(
    footer = {
      "# All of a namespace",
      "muster watch raycluster -n team-a",
      "# One, as a JSON object for each change",
      "muster watch raycluster demo -o json"
    })
public final class WatchCommand extends MusterCommand {
  @Mixin TargetOptions target;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The Ray cluster; all of the namespace if left out.")
  String name = "";

  @Option(
      names = {"-A", "--all", "--all-namespaces"},
      description = "In all namespaces.")
  boolean allNamespaces;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "text, or json for one object a line.")
  String format = "text";

  /** What is asked, but for who asks. */
  WatchRequest request() {
    return WatchRequest.newBuilder()
        .setTarget(target.target(allNamespaces))
        .setKind(RayCluster.KIND)
        .setName(name)
        .build();
  }

  @Override
  public ExitCode run(Session session) {
    if (!format.equals("text") && !format.equals("json")) {
      throw CliFailure.usage("'watch' prints text or json, not '%s'".formatted(format));
    }
    EventLines lines = new EventLines(session.io(), format.equals("json"));
    WatchRequest request = request().toBuilder().setCaller(session.caller()).build();
    Iterator<WatchEvent> events = StateGrpc.newBlockingStub(session.channel()).watch(request);
    while (events.hasNext()) {
      lines.print(events.next());
    }
    return ExitCode.DONE;
  }
}
