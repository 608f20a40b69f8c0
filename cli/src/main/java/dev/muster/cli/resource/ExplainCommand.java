package dev.muster.cli.resource;

import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.Noun;
import dev.muster.cli.NounCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.JsonOption;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.output.Cells;
import dev.muster.cli.output.Estimates;
import dev.muster.cli.output.Json;
import dev.muster.cli.output.Records;
import dev.muster.v1.ExplainReply;
import dev.muster.v1.ExplainRequest;
import dev.muster.v1.StateGrpc;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code explain NOUN NAME}: exit 0 whatever the state is, 3 if there is none. */
@Command(
    footer = {
      "# Why it is in the state that it is in, and what to do",
      "muster explain NOUN demo",
      "# The same as fields",
      "muster explain NOUN demo -o json"
    })
public final class ExplainCommand extends NounCommand {
  @Mixin TargetOptions target;
  @Mixin JsonOption output;

  @Parameters(arity = "1", paramLabel = "NAME", description = "Which one.")
  String name;

  public ExplainCommand(Noun noun) {
    super(noun);
  }

  /** What is asked, but for who asks. */
  public ExplainRequest request() {
    return ExplainRequest.newBuilder()
        .setTarget(target.target())
        .setKind(noun.name())
        .setName(full(name))
        .build();
  }

  @Override
  public ExitCode run(Session session) {
    boolean json = output.isJson();
    ExplainReply reply =
        StateGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(Noun.DEADLINE_SECONDS, TimeUnit.SECONDS)
            .explain(request().toBuilder().setCaller(session.caller()).build());
    if (json) {
      Json.print(session.io().out(), record(reply));
    } else {
      print(session.io(), reply);
    }
    return ExitCode.DONE;
  }

  private static void print(Io io, ExplainReply reply) {
    io.out().println(Cells.clean(reply.getSentence()));
    reply.getCausesList().forEach(cause -> io.out().println("  " + Cells.clean(cause)));
    if (!reply.getAdvice().isEmpty()) {
      io.out().println("to do: " + Cells.clean(reply.getAdvice()));
    }
    if (reply.hasEstimate()) {
      io.out().println("until ready: " + Estimates.text(reply.getEstimate()));
    }
  }

  private static Map<String, Object> record(ExplainReply reply) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("sentence", reply.getSentence());
    record.put("causes", reply.getCausesList());
    record.put("advice", reply.getAdvice());
    record.put("estimate", reply.hasEstimate() ? Estimates.record(reply.getEstimate()) : null);
    record.put("resource", Records.of(reply.getResource(), List.of()));
    return record;
  }
}
