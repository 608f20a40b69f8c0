package dev.muster.cli.resource;

import dev.muster.cli.CliFailure;
import dev.muster.cli.ExitCode;
import dev.muster.cli.Noun;
import dev.muster.cli.Session;
import dev.muster.cli.listing.Filters;
import dev.muster.cli.listing.ListingCommand;
import dev.muster.cli.output.Freshness;
import dev.muster.cli.output.Output;
import dev.muster.v1.GetReply;
import dev.muster.v1.GetRequest;
import dev.muster.v1.Match;
import dev.muster.v1.StateGrpc;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code get NOUN [NAME]}. */
@Command(
    footer = {
      "# One TITLE as a line of a table",
      "muster get NOUN demo",
      "# Its whole record",
      "muster get NOUN demo -o json",
      "# The object as the API server has it now",
      "muster get NOUN demo -o manifest",
      "# The same to be created anew, without what the server added",
      "muster get NOUN demo -o manifest --clean"
    })
public final class GetCommand extends ListingCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Which one; all of the namespace if left out.")
  String name = "";

  @Option(
      names = "--clean",
      description = "With -o manifest: without what the server added, to create it anew.")
  boolean clean;

  public GetCommand(Noun noun) {
    super(noun);
  }

  /** What is asked about one, but for who asks. */
  public GetRequest request() {
    return GetRequest.newBuilder()
        .setTarget(target.target())
        .setKind(noun.name())
        .setName(fullName())
        .setFreshness(freshness.freshness())
        .setManifest(output.isManifest())
        .setClean(clean)
        .build();
  }

  /** Of what is part of a cluster, an option may say which. */
  private String fullName() {
    List<Match> matches = matches();
    boolean part = noun.isInCluster() || noun.name().equals("workergroup");
    if (matches.isEmpty()) {
      return name;
    }
    if (!part || name.contains("/") || matches.size() > 1 || !Filters.isCluster(matches.get(0))) {
      throw CliFailure.usage("a name says which one; leave the option out that chooses among all");
    }
    return matches.get(0).getValue() + "/" + name;
  }

  @Override
  public ExitCode run(Session session) {
    if (clean && (name.isEmpty() || !output.isManifest())) {
      throw CliFailure.usage("--clean is for 'get' of one with -o manifest");
    }
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
            .withDeadlineAfter(Noun.DEADLINE_SECONDS, TimeUnit.SECONDS)
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
