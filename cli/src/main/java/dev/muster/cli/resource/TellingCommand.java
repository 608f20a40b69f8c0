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
import dev.muster.v1.GetReply;
import dev.muster.v1.GetRequest;
import dev.muster.v1.Resource;
import dev.muster.v1.StateGrpc;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;

/** What the commands have in common that tell of one resource in words of their own. */
abstract class TellingCommand extends NounCommand {
  private static final String QUEUEING = "--queueing";

  @Mixin TargetOptions target;
  @Mixin OutputOptions output;
  @Mixin FreshnessOptions freshness;

  @Parameters(arity = "1", paramLabel = "NAME", description = "Which one.")
  String name;

  private final boolean details;
  private CommandSpec parsed;

  /**
   * @param details whether it tells what is read from the server for the details of one only
   */
  TellingCommand(Noun noun, boolean details) {
    super(noun);
    this.details = details;
  }

  /** In the words of whom the text is for. */
  final String state(Resource resource) {
    boolean asked = parsed.commandLine().getParseResult().hasMatchedOption(QUEUEING);
    boolean waits =
        resource.getState().equals("QUEUED") || resource.getState().equals("SUSPENDING");
    return asked
            && waits
            && Json.parse(resource.getDetailsJson()) instanceof Map<?, ?> known
            && Boolean.TRUE.equals(known.get("queueing"))
        ? "QUEUEING"
        : resource.getState();
  }

  @Override
  protected void configure(CommandSpec spec) {
    super.configure(spec);
    parsed = spec;
    if (noun.name().equals("raycluster")) {
      spec.addOption(
          OptionSpec.builder(QUEUEING)
              .type(boolean.class)
              .description(
                  "Say QUEUEING, as codeflare does, of one that is only on its way into the queue;"
                      + " the record of -o keeps its state.")
              .build());
    }
  }

  /** As text, for people. */
  abstract void print(Io io, GetReply reply);

  /** What is asked, but for who asks. */
  public GetRequest request() {
    return GetRequest.newBuilder()
        .setTarget(aimed(target.target(), full(name)))
        .setKind(noun.name())
        .setName(full(name))
        .setFreshness(freshness.freshness())
        .setDetails(details)
        .build();
  }

  @Override
  public final ExitCode run(Session session) {
    Io io = session.io();
    Output printer = output.output(io);
    GetRequest request = request().toBuilder().setCaller(session.caller()).build();
    GetReply reply =
        StateGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(Noun.DEADLINE_SECONDS, TimeUnit.SECONDS)
            .get(request);
    if (output.isText()) {
      print(io, reply);
    } else {
      printer.show(reply);
    }
    io.out().flush();
    Freshness.report(io, List.of(reply.getObservation()));
    return ExitCode.DONE;
  }
}
