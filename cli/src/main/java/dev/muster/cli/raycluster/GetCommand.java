package dev.muster.cli.raycluster;

import dev.muster.cli.CliFailure;
import dev.muster.cli.ExitCode;
import dev.muster.cli.Session;
import dev.muster.cli.listing.ListingCommand;
import dev.muster.cli.output.Freshness;
import dev.muster.cli.output.Output;
import dev.muster.v1.GetReply;
import dev.muster.v1.GetRequest;
import dev.muster.v1.StateGrpc;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code get raycluster [NAME]}. */
@Command(
    footer = {
      "# One Ray cluster as a line of a table",
      "muster get raycluster demo",
      "# Its whole record",
      "muster get raycluster demo -o json",
      "# The object as the API server has it now",
      "muster get raycluster demo -o manifest"
    })
public final class GetCommand extends ListingCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The Ray cluster; all of the namespace if left out.")
  String name = "";

  public GetCommand() {
    super(RayCluster.KIND);
  }

  /** What is asked about one, but for who asks. */
  GetRequest request() {
    return GetRequest.newBuilder()
        .setTarget(target.target())
        .setKind(RayCluster.KIND)
        .setName(name)
        .setFreshness(freshness.freshness())
        .setManifest(output.isManifest())
        .build();
  }

  @Override
  public ExitCode run(Session session) {
    if (name.isEmpty()) {
      return super.run(session);
    }
    if (allNamespaces()) {
      throw CliFailure.usage(
          "a name and --all-namespaces do not go together; name its namespace with -n");
    }
    Output printer = output.isManifest() ? null : output.output(session.io());
    GetRequest request = request().toBuilder().setCaller(session.caller()).build();
    GetReply reply =
        StateGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(RayCluster.DEADLINE_SECONDS, TimeUnit.SECONDS)
            .get(request);
    if (printer == null) {
      session.io().out().print(reply.getManifestYaml());
      return ExitCode.DONE;
    }
    printer.show(reply);
    session.io().out().flush();
    Freshness.report(session.io(), List.of(reply.getObservation()));
    return ExitCode.DONE;
  }
}
