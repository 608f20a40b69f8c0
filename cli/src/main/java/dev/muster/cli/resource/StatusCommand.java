package dev.muster.cli.resource;

import dev.muster.cli.Durations;
import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.Noun;
import dev.muster.cli.NounCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.FreshnessOptions;
import dev.muster.cli.options.OutputOptions;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.output.Cells;
import dev.muster.cli.output.Estimates;
import dev.muster.cli.output.Freshness;
import dev.muster.cli.output.Output;
import dev.muster.v1.GetReply;
import dev.muster.v1.GetRequest;
import dev.muster.v1.Resource;
import dev.muster.v1.StateGrpc;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code status NOUN NAME}: exit 0 whatever the state is, 3 if there is none. */
@Command(
    footer = {
      "# In which state, ready or not, why, and since when",
      "muster status NOUN demo",
      "# The state alone, for a script",
      "muster status NOUN demo -o jsonpath='{.state}'"
    })
public final class StatusCommand extends NounCommand {

  @Mixin TargetOptions target;
  @Mixin OutputOptions output;
  @Mixin FreshnessOptions freshness;

  @Parameters(arity = "1", paramLabel = "NAME", description = "Which one.")
  String name;

  public StatusCommand(Noun noun) {
    super(noun);
  }

  /** What is asked, but for who asks. */
  public GetRequest request() {
    return GetRequest.newBuilder()
        .setTarget(target.target())
        .setKind(noun.name())
        .setName(name)
        .setFreshness(freshness.freshness())
        .build();
  }

  @Override
  public ExitCode run(Session session) {
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

  private static void print(Io io, GetReply reply) {
    Resource resource = reply.getResource();
    line(io, "state", resource.getState());
    line(io, "ready", resource.getReady() ? "yes" : "no");
    line(io, "reason", resource.getReason());
    line(io, "native", resource.getNativeState());
    if (resource.getChangedAtMs() != 0) {
      line(io, "since", since(io, Instant.ofEpochMilli(resource.getChangedAtMs())));
    }
    if (reply.hasEstimate()) {
      line(io, "takes", Estimates.text(reply.getEstimate()));
    }
  }

  private static String since(Io io, Instant then) {
    String time = then.truncatedTo(ChronoUnit.SECONDS).toString();
    return io.outTerminal()
        ? time + " (" + Durations.roughly(Duration.between(then, io.clock().instant())) + ")"
        : time;
  }

  /** Nothing for what is not known. */
  private static void line(Io io, String title, String value) {
    if (!value.isEmpty()) {
      io.out().print(title);
      if (io.outTerminal()) {
        io.out().print(":").spaces("native ".length() - title.length());
      } else {
        io.out().print("\t");
      }
      io.out().println(Cells.clean(value));
    }
  }
}
