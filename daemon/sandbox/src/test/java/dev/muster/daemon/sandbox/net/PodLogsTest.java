package dev.muster.daemon.sandbox.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.daemon.sandbox.net.PodLog.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PodLogsTest {

  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00.5Z");

  @TempDir private Path directory;
  private PodLog log;

  @BeforeEach
  void begin() throws IOException {
    log = new PodLog(directory.resolve("log"));
  }

  @Test
  void lines_come_with_their_times() throws Exception {
    log.add(new Line(NOON, "one and two"));
    log.add(new Line(NOON.plusSeconds(1), ""));
    try (PodLog.Lines lines = log.lines(false)) {
      Line first = lines.next();
      assertThat(first).isEqualTo(new Line(NOON, "one and two"));
      assertThat(first.stamped()).isEqualTo("2026-05-04T12:00:00.500Z one and two");
      assertThat(lines.next()).isEqualTo(new Line(NOON.plusSeconds(1), ""));
      assertThat(lines.next()).isNull();
    }
    assertThat(log.running()).isTrue();
  }

  @Test
  void one_that_follows_waits_for_the_last_line() throws Exception {
    CompletableFuture<String> read = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> read.complete(all()));
    log.add(new Line(NOON, "a"));
    log.add(new Line(NOON, "b"));
    log.close();
    assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo("ab");
    assertThat(log.running()).isFalse();
  }

  private String all() {
    StringBuilder text = new StringBuilder();
    try (PodLog.Lines lines = log.lines(true)) {
      for (Line line = lines.next(); line != null; line = lines.next()) {
        text.append(line.text());
      }
    } catch (IOException | InterruptedException e) {
      text.append(e);
    }
    return text.toString();
  }

  @Test
  void a_log_is_found_until_its_pod_is_gone() {
    PodLogs logs = new PodLogs();
    logs.keep("default", "one", log);
    assertThat(logs.open("default", "one")).containsSame(log);
    assertThat(logs.open("demo", "one")).isEmpty();
    logs.forget("default", "one");
    assertThat(logs.open("default", "one")).isEmpty();
  }
}
