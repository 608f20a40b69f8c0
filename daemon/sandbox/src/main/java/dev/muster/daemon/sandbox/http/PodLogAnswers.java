package dev.muster.daemon.sandbox.http;

import dev.muster.daemon.sandbox.api.Failures;
import dev.muster.daemon.sandbox.api.Passage;
import dev.muster.daemon.sandbox.net.PodLog;
import dev.muster.daemon.sandbox.net.PodLogs;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** GET of a pod's log: follow, tailLines, sinceSeconds, sinceTime and timestamps. */
public final class PodLogAnswers {
  private static final Map<String, List<String>> TEXT =
      Map.of("Content-Type", List.of("text/plain"));

  private final PodLogs logs;
  private final Clock clock;

  public PodLogAnswers(PodLogs logs, Clock clock) {
    this.logs = logs;
    this.clock = clock;
  }

  void answer(Exchange exchange, Passage.ToLog to) throws IOException {
    Map<String, List<String>> query = to.query();
    boolean follow = option(query, "follow").equals("true");
    boolean stamped = option(query, "timestamps").equals("true");
    long tail = number(query, "tailLines", Long.MAX_VALUE);
    Instant since = since(query);
    Optional<PodLog> log = logs.open(to.pod().namespace(), to.pod().name());
    Thread reader = Thread.currentThread();
    exchange.connection().whenGone(follow ? reader::interrupt : null);
    try (OutputStream out = new BufferedOutputStream(exchange.stream(200, TEXT), 32 * 1024)) {
      if (log.isPresent()) {
        long skipped = tail == Long.MAX_VALUE ? 0 : Math.max(0, count(log.get()) - tail);
        write(log.get(), follow, stamped, skipped, since, out);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("nobody reads the log any more", e);
    } finally {
      exchange.connection().whenGone(null);
    }
  }

  private static void write(
      PodLog log, boolean follow, boolean stamped, long skipped, Instant since, OutputStream out)
      throws IOException, InterruptedException {
    long number = 0;
    try (PodLog.Lines lines = log.lines(follow)) {
      for (PodLog.Line line = lines.next(); line != null; line = lines.next()) {
        if (number++ >= skipped && !line.time().isBefore(since)) {
          String text = stamped ? line.stamped() : line.text();
          out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
          if (follow) {
            out.flush();
          }
        }
      }
    }
  }

  private static long count(PodLog log) throws IOException, InterruptedException {
    long count = 0;
    try (PodLog.Lines lines = log.lines(false)) {
      while (lines.next() != null) {
        count++;
      }
    }
    return count;
  }

  private Instant since(Map<String, List<String>> query) {
    String time = option(query, "sinceTime");
    try {
      if (!time.isEmpty()) {
        return Instant.parse(time);
      }
    } catch (DateTimeException e) {
      throw Failures.badRequest("parsing time \"%s\": not RFC 3339".formatted(time));
    }
    long seconds = number(query, "sinceSeconds", -1);
    return seconds < 0 ? Instant.MIN : clock.instant().minusSeconds(seconds);
  }

  private static long number(Map<String, List<String>> query, String name, long otherwise) {
    String text = option(query, name);
    if (!text.matches("\\d{0,18}")) {
      throw Failures.badRequest("strconv.ParseInt: parsing \"%s\": invalid syntax".formatted(text));
    }
    return text.isEmpty() ? otherwise : Long.parseLong(text);
  }

  private static String option(Map<String, List<String>> query, String name) {
    return query.getOrDefault(name, List.of("")).getFirst();
  }
}
