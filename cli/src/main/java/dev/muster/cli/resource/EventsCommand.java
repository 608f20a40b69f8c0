package dev.muster.cli.resource;

import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.Noun;
import dev.muster.cli.NounCommand;
import dev.muster.cli.Session;
import dev.muster.cli.listing.TextTable;
import dev.muster.cli.options.OutputOptions;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.output.Freshness;
import dev.muster.cli.output.Records;
import dev.muster.v1.Event;
import dev.muster.v1.EventsReply;
import dev.muster.v1.EventsRequest;
import dev.muster.v1.StateGrpc;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code events NOUN NAME}: the warnings about it and what belongs to it, the oldest first. */
@Command(
    footer = {
      "# The last warning about it and about each of its pods",
      "muster events NOUN demo",
      "# As records",
      "muster events NOUN demo -o json"
    })
public final class EventsCommand extends NounCommand {
  private static final TextTable TABLE = TextTable.of("TIME", "TYPE", "ABOUT", "MESSAGE");

  @Mixin TargetOptions target;
  @Mixin OutputOptions output;

  @Parameters(arity = "1", paramLabel = "NAME", description = "Which one.")
  String name;

  public EventsCommand(Noun noun) {
    super(noun);
  }

  /** What is asked, but for who asks. */
  public EventsRequest request() {
    return EventsRequest.newBuilder()
        .setTarget(target.target())
        .setKind(noun.name())
        .setName(full(name))
        .build();
  }

  @Override
  public ExitCode run(Session session) {
    Io io = session.io();
    TABLE.check(output);
    EventsReply reply =
        StateGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(Noun.DEADLINE_SECONDS, TimeUnit.SECONDS)
            .events(request().toBuilder().setCaller(session.caller()).build());
    TABLE.print(
        io,
        output,
        reply.getEventsList().stream().map(EventsCommand::row).toList(),
        reply.getEventsList().stream().map(EventsCommand::record).toList());
    if (reply.getEventsCount() == 0) {
      io.warn("no warnings about %s %s".formatted(noun.name(), name));
    }
    Freshness.report(io, List.of(reply.getObservation()));
    return ExitCode.DONE;
  }

  private static List<String> row(Event event) {
    String time = Records.time(event.getAtMs());
    return List.of(time == null ? "" : time, event.getType(), event.getAbout(), event.getText());
  }

  private static Map<String, Object> record(Event event) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("at", Records.time(event.getAtMs()));
    record.put("type", event.getType());
    record.put("namespace", event.getNamespace());
    record.put("about", event.getAbout());
    record.put("message", event.getText());
    return record;
  }
}
