package dev.muster.cli.listing;

import dev.muster.cli.CliFailure;
import dev.muster.cli.Durations;
import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.Noun;
import dev.muster.cli.NounCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.OutputOptions;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.output.Cells;
import dev.muster.cli.output.Records;
import dev.muster.v1.HistoryChunk;
import dev.muster.v1.HistoryEntry;
import dev.muster.v1.HistoryRequest;
import dev.muster.v1.StateGrpc;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Every change of state, the oldest first; also of what is gone. */
public abstract class HistoryListing extends NounCommand {
  private static final TextTable TABLE =
      TextTable.of(
          "TIME", "KIND", "NAMESPACE", "NAME", "FROM", "TO", "REASON", "+QUEUE", "+CURSOR");

  @Mixin TargetOptions target;
  @Mixin OutputOptions output;

  @Option(
      names = {"-A", "--all", "--all-namespaces"},
      description = "In all namespaces.")
  boolean allNamespaces;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      description = "Only what happened since then, such as 1h.")
  String since = "";

  @Option(
      names = "--from",
      paramLabel = "CURSOR",
      description = "Only what came after that cursor.")
  long from;

  @Option(
      names = "--limit",
      paramLabel = "COUNT",
      description = "At most so many, the newest; 1000 if left out.")
  int limit;

  protected HistoryListing(Noun noun) {
    super(noun);
  }

  /** Which one; empty for all. */
  protected String name() {
    return "";
  }

  /** What is asked, but for who asks. */
  public HistoryRequest request(Clock clock) {
    if (limit < 0 || from < 0) {
      throw CliFailure.usage("--limit and --from take no negative number");
    }
    return HistoryRequest.newBuilder()
        .setTarget(target.target(allNamespaces))
        .setKind(noun.name())
        .setName(name())
        .setSinceMs(
            since.isEmpty()
                ? 0
                : clock.instant().minus(Durations.parse("--since", since)).toEpochMilli())
        .setAfterCursor(from)
        .setLimit(limit)
        .build();
  }

  @Override
  public ExitCode run(Session session) {
    Io io = session.io();
    TABLE.check(output);
    HistoryRequest request = request(io.clock()).toBuilder().setCaller(session.caller()).build();
    Iterator<HistoryChunk> chunks =
        StateGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(Noun.DEADLINE_SECONDS, TimeUnit.SECONDS)
            .history(request);
    List<HistoryEntry> entries = new ArrayList<>();
    String degraded = "";
    while (chunks.hasNext()) {
      HistoryChunk chunk = chunks.next();
      entries.addAll(chunk.getEntriesList());
      degraded = chunk.getDegraded();
    }
    TABLE.print(
        io,
        output,
        entries.stream().map(HistoryListing::row).toList(),
        entries.stream().map(HistoryListing::record).toList());
    if (entries.isEmpty()) {
      io.warn("nothing is recorded");
    }
    if (!degraded.isEmpty()) {
      io.warn("warning: " + Cells.clean(degraded));
    }
    return ExitCode.DONE;
  }

  private static List<String> row(HistoryEntry entry) {
    return List.of(
        Records.time(entry.getAtMs()),
        entry.getKind(),
        entry.getNamespace(),
        entry.getName(),
        entry.getFromState().isEmpty() ? "(new)" : entry.getFromState(),
        entry.getToState().isEmpty() ? "(gone)" : entry.getToState(),
        entry.getToState().isEmpty() ? "" : entry.getReason(),
        entry.getQueue(),
        Long.toString(entry.getCursor()));
  }

  private static Map<String, Object> record(HistoryEntry entry) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("cursor", entry.getCursor());
    record.put("at", Records.time(entry.getAtMs()));
    record.put("context", entry.getContext());
    record.put("kind", entry.getKind());
    record.put("namespace", entry.getNamespace());
    record.put("name", entry.getName());
    record.put("uid", entry.getUid());
    record.put("from", entry.getFromState());
    record.put("to", entry.getToState());
    record.put("nativeState", entry.getNativeState());
    record.put("reason", entry.getReason());
    record.put("queue", entry.getQueue());
    return record;
  }
}
