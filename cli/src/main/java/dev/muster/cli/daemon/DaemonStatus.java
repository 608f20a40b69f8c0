package dev.muster.cli.daemon;

import dev.muster.cli.Durations;
import dev.muster.cli.Io;
import dev.muster.cli.output.Cells;
import dev.muster.cli.output.Freshness;
import dev.muster.cli.output.Json;
import dev.muster.cli.output.Records;
import dev.muster.v1.Observation;
import dev.muster.v1.StatusReply;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints what a daemon says of itself. */
final class DaemonStatus {
  private DaemonStatus() {}

  static void printText(Io io, StatusReply status) {
    Instant started = Instant.ofEpochMilli(status.getStartedAtMs());
    Duration up = Duration.between(started, io.clock().instant());
    line(io, "state", "running, process " + status.getPid());
    line(
        io, "version", status.getBuild().getVersion() + " (" + status.getBuild().getCommit() + ")");
    line(io, "up", Durations.roughly(up));
    line(io, "ends", ends(status));
    line(
        io,
        "memory",
        mib(status.getResidentBytes())
            + ", heap "
            + mib(status.getHeapUsedBytes())
            + " of "
            + mib(status.getHeapMaxBytes()));
    line(io, "cache", status.getCacheRows() + " rows, " + mib(status.getCacheBytes()));
    line(io, "streams", Integer.toString(status.getOpenStreams()));
    line(io, "socket", status.getSocket());
    line(io, "state in", status.getStateDirectory());
    line(io, "log", status.getLog());
    for (Observation watch : status.getWatchesList()) {
      line(io, "watch", watch(io, watch));
    }
  }

  static void printJson(Io io, StatusReply status) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("running", true);
    record.put("pid", status.getPid());
    record.put("version", status.getBuild().getVersion());
    record.put("commit", status.getBuild().getCommit());
    record.put("protocol", status.getBuild().getProtocol());
    record.put("started", Records.time(status.getStartedAtMs()));
    record.put("idleStopInMs", status.getIdleStopInMs());
    record.put("residentBytes", status.getResidentBytes());
    record.put("heapUsedBytes", status.getHeapUsedBytes());
    record.put("heapMaxBytes", status.getHeapMaxBytes());
    record.put("cacheRows", status.getCacheRows());
    record.put("cacheBytes", status.getCacheBytes());
    record.put("openStreams", status.getOpenStreams());
    record.put("socket", status.getSocket());
    record.put("stateDirectory", status.getStateDirectory());
    record.put("log", status.getLog());
    record.put("watches", status.getWatchesList().stream().map(Records::of).toList());
    Json.print(io.out(), record);
  }

  private static String ends(StatusReply status) {
    return status.getIdleStopInMs() == 0
        ? "not while a wait or watch is open"
        : "in " + Durations.roughly(Duration.ofMillis(status.getIdleStopInMs())) + " if idle";
  }

  private static String watch(Io io, Observation watch) {
    String what = watch.getKind() + " in " + watch.getContext() + ": ";
    if (watch.getLive()) {
      return what + "live";
    }
    String since =
        watch.getObservedAtMs() == 0
            ? ""
            : ", as of " + Freshness.clockTime(io, Instant.ofEpochMilli(watch.getObservedAtMs()));
    return what + "not live" + since + ": " + Freshness.reason(watch);
  }

  private static void line(Io io, String title, String value) {
    io.out().print(title);
    if (io.outTerminal()) {
      io.out().print(":").spaces("state in ".length() - title.length());
    } else {
      io.out().print("\t");
    }
    io.out().println(Cells.clean(value));
  }

  private static String mib(long bytes) {
    return (bytes + (1 << 19)) / (1 << 20) + " MiB";
  }
}
