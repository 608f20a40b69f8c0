package dev.muster.cli.resource;

import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.Noun;
import dev.muster.cli.NounCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.FreshnessOptions;
import dev.muster.cli.options.OutputOptions;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.output.Freshness;
import dev.muster.cli.output.Json;
import dev.muster.cli.output.Output;
import dev.muster.cli.output.Records;
import dev.muster.v1.GetReply;
import dev.muster.v1.GetRequest;
import dev.muster.v1.Resource;
import dev.muster.v1.StateGrpc;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code details NOUN NAME}: all that is known of it, a line each; what is not known is "-". */
@Command(
    footer = {
      "# All that is known of it",
      "muster details NOUN demo",
      "# One field, for a script",
      "muster details NOUN demo -o jsonpath='{.details.uri}'"
    })
public final class DetailsCommand extends NounCommand {
  @Mixin TargetOptions target;
  @Mixin OutputOptions output;
  @Mixin FreshnessOptions freshness;

  @Parameters(arity = "1", paramLabel = "NAME", description = "Which one.")
  String name;

  public DetailsCommand(Noun noun) {
    super(noun);
  }

  /** What is asked, but for who asks. */
  public GetRequest request() {
    return GetRequest.newBuilder()
        .setTarget(target.target())
        .setKind(noun.name())
        .setName(name)
        .setFreshness(freshness.freshness())
        .setDetails(true)
        .build();
  }

  @Override
  public ExitCode run(Session session) {
    Io io = session.io();
    Output printer = output.output(io);
    GetReply reply =
        StateGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(Noun.DEADLINE_SECONDS, TimeUnit.SECONDS)
            .get(request().toBuilder().setCaller(session.caller()).build());
    if (output.isText()) {
      fields(reply.getResource()).print(io);
    } else {
      printer.show(reply);
    }
    io.out().flush();
    Freshness.report(io, List.of(reply.getObservation()));
    return ExitCode.DONE;
  }

  private static Fields fields(Resource resource) {
    Fields fields = new Fields();
    fields.add("name", resource.getName());
    fields.add("namespace", resource.getNamespace());
    fields.add("context", resource.getContext());
    fields.add("status", resource.getState());
    fields.add("ready", resource.getReady() ? "yes" : "no");
    fields.add("reason", resource.getReason());
    fields.add("created", Records.time(resource.getCreatedAtMs()));
    fields.add("owner", resource.getOwner());
    String details = resource.getDetailsJson();
    fields.addAll("", details.isEmpty() ? null : Json.parse(details));
    return fields;
  }
}
