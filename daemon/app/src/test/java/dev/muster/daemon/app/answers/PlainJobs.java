package dev.muster.daemon.app.answers;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Jobs;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Jobs that are taken at once, and print two lines; what is asked is remembered as a line. The job
 * "broken" has a log that breaks off, "endless" one that ends with its reader.
 */
final class PlainJobs implements Jobs {
  private final List<String> orders;

  PlainJobs(List<String> orders) {
    this.orders = orders;
  }

  @Override
  public Submitted submit(
      Caller caller, Target target, Submission what, Progress progress, Cancellation cancellation) {
    orders.add(what.toString());
    if (what.dryRun()) {
      return new Submitted(null, "entrypoint: x\n", "", List.of());
    }
    if (what.name().equals("bad")) {
      throw new Failure(
          Failure.Kind.FAILED,
          "Ray refused it.",
          new IOException("Traceback:\n" + "  File\n".repeat(2000) + "TypeError: no\n"));
    }
    for (int sent = 0; sent <= 1000; sent++) {
      progress.at("sending", sent, 1000);
    }
    return new Submitted(
        PlainSource.row(what.kind(), "demo/" + what.name()),
        "",
        "https://d.example.org",
        List.of("the cluster is busy"));
  }

  @Override
  public Row stop(Caller caller, Target target, String kind, String name) {
    orders.add("stop " + kind + " " + name);
    return PlainSource.row(kind, name);
  }

  @Override
  public Row resubmit(Caller caller, Target target, String kind, String name) {
    orders.add("resubmit " + kind + " " + name);
    return PlainSource.row(kind, name + "-2");
  }

  @Override
  public Row logs(
      Caller caller, Target target, LogQuery query, LogSink sink, Cancellation cancellation)
      throws IOException {
    orders.add(query.toString());
    if (query.name().equals("huge")) {
      sink.write(ByteBuffer.allocate((8 << 20) + 1), new Bookmark("", "end"));
    }
    if (query.name().equals("broken")) {
      throw new IOException("connection reset");
    }
    if (query.name().equals("endless")) {
      byte[] line = "again\n".getBytes(StandardCharsets.UTF_8);
      while (!cancellation.isCancelled()) {
        try {
          sink.write(ByteBuffer.wrap(line));
        } catch (CancellationException e) {
          orders.add("its reader is gone");
          throw e;
        }
      }
      orders.add("its reader is gone");
    }
    sink.write(
        ByteBuffer.wrap("one\n".repeat(40_000).getBytes(StandardCharsets.UTF_8)),
        new Bookmark("j1", "160000"));
    sink.write(ByteBuffer.allocate(0));
    sink.note("the dashboard was reached anew");
    return PlainSource.row(query.kind(), query.name());
  }
}
