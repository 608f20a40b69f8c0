package dev.muster.cli.cache;

import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.OutputOptions;
import dev.muster.cli.output.Cells;
import dev.muster.cli.output.Json;
import dev.muster.cli.output.Output;
import dev.muster.cli.output.Records;
import dev.muster.v1.CacheInfoReply;
import dev.muster.v1.CacheInfoRequest;
import dev.muster.v1.CacheKind;
import dev.muster.v1.Column;
import dev.muster.v1.ControlGrpc;
import dev.muster.v1.ListChunk;
import dev.muster.v1.Observation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cache info}. */
@Command(
    footer = {
      "# Rows of each kind, and whether its watch is up",
      "muster cache info",
      "# With the file and its size",
      "muster cache info -o json"
    })
public final class InfoCommand extends MusterCommand {
  private static final long DEADLINE_SECONDS = 10;
  private static final List<String> TITLES =
      List.of("SOURCE", "CONTEXT", "KIND", "ROWS", "LIVE", "AS OF", "REASON");

  @Mixin OutputOptions output;

  @Override
  public ExitCode run(Session session) {
    Io io = session.io();
    Output printer = output.output(io);
    CacheInfoReply info =
        ControlGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
            .cacheInfo(CacheInfoRequest.getDefaultInstance());
    if (output.isJson()) {
      Json.print(io.out(), record(info));
      return ExitCode.DONE;
    }
    printer.add(table(info));
    printer.finish();
    io.out().flush();
    io.warn("%d rows in %s (%d bytes)".formatted(info.getRows(), info.getFile(), info.getBytes()));
    io.warn(
        "%d changes of state in %s (%d bytes)"
            .formatted(info.getHistoryEntries(), info.getHistoryFile(), info.getHistoryBytes()));
    if (!info.getHistoryDegraded().isEmpty()) {
      io.warn("warning: " + Cells.clean(info.getHistoryDegraded()));
    }
    return ExitCode.DONE;
  }

  private static ListChunk table(CacheInfoReply info) {
    ListChunk.Builder table = ListChunk.newBuilder();
    TITLES.forEach(title -> table.addColumns(Column.newBuilder().setTitle(title)));
    info.getKindsList().forEach(kind -> table.addRows(row(kind)));
    return table.build();
  }

  private static String row(CacheKind kind) {
    Observation seen = kind.getObservation();
    String time = Records.time(seen.getObservedAtMs());
    return String.join(
        "\t",
        seen.getSource(),
        seen.getContext(),
        seen.getKind(),
        Long.toString(kind.getRows()),
        seen.getLive() ? "yes" : "no",
        time == null ? "" : time,
        seen.getReason());
  }

  private static Map<String, Object> record(CacheInfoReply info) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("file", info.getFile());
    record.put("bytes", info.getBytes());
    record.put("rows", info.getRows());
    record.put("history", history(info));
    record.put("kinds", info.getKindsList().stream().map(InfoCommand::record).toList());
    return record;
  }

  private static Map<String, Object> history(CacheInfoReply info) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("file", info.getHistoryFile());
    record.put("bytes", info.getHistoryBytes());
    record.put("entries", info.getHistoryEntries());
    record.put("degraded", info.getHistoryDegraded());
    return record;
  }

  private static Map<String, Object> record(CacheKind kind) {
    Map<String, Object> record = Records.of(kind.getObservation());
    record.put("rows", kind.getRows());
    return record;
  }
}
