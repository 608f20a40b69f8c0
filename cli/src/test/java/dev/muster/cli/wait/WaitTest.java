package dev.muster.cli.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.cli.ExitCode;
import dev.muster.cli.FakeDaemon;
import dev.muster.cli.Io;
import dev.muster.cli.Samples;
import dev.muster.cli.Shell;
import dev.muster.cli.Shell.Result;
import dev.muster.proto.DaemonException;
import dev.muster.v1.WaitRequest;
import dev.muster.v1.WaitUpdate;
import dev.muster.v1.WaitUpdate.Outcome;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitTest {
  private final FakeDaemon daemon = new FakeDaemon();
  @TempDir Path directory;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(directory, daemon);
  }

  @AfterEach
  void stop() {
    daemon.stop();
  }

  private static WaitUpdate end(Outcome outcome, String line) {
    return WaitUpdate.newBuilder().setOutcome(outcome).setLine(line).build();
  }

  @Test
  void a_goal_that_is_reached_is_printed() {
    daemon.answers(end(Outcome.REACHED, "").toBuilder().setResource(Samples.demo()).build());
    assertThat(shell.run("wait", "raycluster", "demo"))
        .isEqualTo(new Result(ExitCode.DONE, "raycluster.ray.io/demo READY\n", ""));
  }

  @Test
  void that_something_is_gone_is_printed_when_it_was_waited_for() {
    daemon.answers(end(Outcome.REACHED, ""));
    assertThat(shell.run("wait", "raycluster", "demo", "--for", "deleted").out())
        .isEqualTo("raycluster.ray.io/demo deleted\n");
  }

  @Test
  void the_end_may_be_a_record() {
    daemon.answers(end(Outcome.REACHED, "").toBuilder().setResource(Samples.demo()).build());
    assertThat(shell.run("wait", "raycluster", "demo", "-o", "jsonpath={.uid}").out())
        .isEqualTo("u-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "FAILED|FAILED: no such image|1|raycluster demo cannot become ready: FAILED: no such image",
        "FAILED||1|raycluster demo cannot become ready",
        "REPLACED|raycluster demo was replaced|1|raycluster demo was replaced",
        "REPLACED||1|raycluster demo was deleted and made anew by somebody else",
        "GONE|raycluster demo was deleted|3|raycluster demo was deleted",
        "GONE||3|there is no raycluster demo",
        "TIMED_OUT|not ready after 5 s: QUEUED|5|raycluster demo is not ready after 5 s: QUEUED",
        "TIMED_OUT||5|raycluster demo is not ready in time"
      })
  void an_end_without_the_goal_is_one_sentence(
      Outcome outcome, String line, int code, String sentence) {
    daemon.answers(end(outcome, line == null ? "" : line));
    Result result = shell.run("wait", "raycluster", "demo");
    assertThat(result.code().number()).isEqualTo(code);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isEqualTo("muster: " + sentence + "\n");
  }

  @Test
  void a_stream_that_ends_without_a_result_is_a_failure() {
    daemon.answers(end(Outcome.PENDING, "QUEUED"));
    assertThat(shell.run("wait", "raycluster", "demo"))
        .isEqualTo(
            new Result(
                ExitCode.FAILED,
                "",
                "demo: QUEUED\nmuster: the daemon ended the wait for raycluster demo without a result\n"));
  }

  @Test
  void a_daemon_that_ends_meanwhile_is_no_answer() {
    daemon.answers(end(Outcome.PENDING, "QUEUED"));
    daemon.refuses(Status.UNAVAILABLE, "the daemon is shutting down");
    assertThat(shell.run("wait", "raycluster", "demo"))
        .isEqualTo(
            new Result(
                ExitCode.NO_ANSWER, "", "demo: QUEUED\nmuster: the daemon is shutting down\n"));
  }

  private static WaitUpdate live(Outcome outcome, String line, String uid) {
    return end(outcome, line).toBuilder()
        .setResource(Samples.demo().toBuilder().setUid(uid))
        .setObservation(Samples.live())
        .build();
  }

  @Test
  void it_goes_on_at_the_next_daemon_for_the_same_one_and_the_same_time() {
    daemon.answers(live(Outcome.PENDING, "QUEUED", "u-1")).dies();
    daemon.answers(live(Outcome.PENDING, "QUEUED", "u-1")).dies();
    daemon.answers(live(Outcome.REACHED, "", "u-1"));

    assertThat(shell.run("wait", "raycluster", "demo", "--timeout", "1h"))
        .isEqualTo(
            new Result(
                ExitCode.DONE,
                "raycluster.ray.io/demo READY\n",
                "demo: QUEUED\n" + "note: the daemon was restarted; going on\n".repeat(2)));
    WaitRequest first = daemon.request(0);
    WaitRequest last = daemon.request(2);
    assertThat(first.getUid()).isEmpty();
    assertThat(first.getElapsedMs()).isZero();
    assertThat(last.getUid()).isEqualTo("u-1");
    assertThat(last.getElapsedMs()).isPositive();
    assertThat(last.getTimeoutMs()).isEqualTo(3_600_000);
  }

  @Test
  void what_is_only_remembered_may_be_another_one() {
    daemon.answers(
        live(Outcome.PENDING, "QUEUED", "u-1").toBuilder().setObservation(Samples.stale()).build());
    daemon.dies().answers(live(Outcome.REACHED, "", "u-2"));
    shell.run("wait", "raycluster", "demo");
    assertThat(daemon.<WaitRequest>request(1).getUid()).isEmpty();
  }

  @Test
  void a_daemon_that_is_lost_again_and_again_at_once_is_no_answer() {
    daemon.dies().dies().dies().dies();
    Result result = shell.run("wait", "raycluster", "demo");
    assertThat(result.code()).isEqualTo(ExitCode.NO_ANSWER);
    assertThat(result.err())
        .endsWith(
            "muster: the connection to the daemon was lost; its log is %s\n"
                .formatted(shell.places().log()));
    assertThat(daemon.requests()).hasSize(4);
  }

  @Test
  void a_daemon_of_its_own_is_not_replaced() {
    daemon.alone().dies();
    assertThat(shell.run("wait", "raycluster", "demo").code()).isEqualTo(ExitCode.NO_ANSWER);
    assertThat(daemon.requests()).hasSize(1);
  }

  @Test
  void where_a_daemon_was_told_to_end_its_successor_is_awaited() throws Exception {
    daemon.stops().answers(live(Outcome.REACHED, "", "u-1"));
    Files.createDirectories(shell.places().ready().getParent());
    Thread successor =
        Thread.ofVirtual()
            .start(
                () -> {
                  await().until(() -> daemon.requests().size() == 1);
                  write(shell.places().ready());
                });
    assertThat(shell.run("wait", "raycluster", "demo").code()).isEqualTo(ExitCode.DONE);
    successor.join();
    assertThat(daemon.requests()).hasSize(2);
  }

  private static void write(Path file) {
    try {
      Files.writeString(file, "1\n0\n1\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_successor_that_cannot_be_started_yet_is_waited_for() {
    AtomicInteger connections = new AtomicInteger();
    daemon.dies().answers(live(Outcome.REACHED, "", "u-1"));
    Shell meanwhile =
        new Shell(
            directory,
            start -> {
              if (connections.incrementAndGet() == 2) {
                throw new DaemonException(
                    DaemonException.Kind.START_FAILED, "musterd.jar is not there");
              }
              return daemon;
            });
    assertThat(meanwhile.run("wait", "raycluster", "demo").code()).isEqualTo(ExitCode.DONE);
    assertThat(connections).hasValue(3);
  }

  @Test
  void where_no_other_daemon_may_be_used_it_is_said_why() {
    AtomicInteger connections = new AtomicInteger();
    daemon.dies();
    Shell unsafe =
        new Shell(
            directory,
            start -> {
              if (connections.incrementAndGet() == 2) {
                throw new DaemonException(DaemonException.Kind.UNSAFE, "others may write to it");
              }
              return daemon;
            });
    assertThat(unsafe.run("wait", "raycluster", "demo"))
        .isEqualTo(new Result(ExitCode.NO_ANSWER, "", "muster: others may write to it\n"));
  }

  @Test
  void on_a_terminal_the_line_is_erased_before_it_is_said_that_it_goes_on() {
    daemon.answers(end(Outcome.PENDING, "QUEUED")).dies();
    daemon.answers(live(Outcome.REACHED, "", "u-1"));
    String erase = "\r\u001b[K";
    assertThat(shell.terminal().run("wait", "raycluster", "demo").err())
        .isEqualTo(erase + "demo: QUEUED" + erase + "note: the daemon was restarted; going on\n");
  }

  @Test
  void on_a_terminal_one_line_is_redrawn_cut_and_erased() {
    daemon.answers(
        end(Outcome.PENDING, "STARTING: " + "x".repeat(60)),
        end(Outcome.PENDING, "").toBuilder().setResource(Samples.demo()).build(),
        end(Outcome.REACHED, "").toBuilder().setResource(Samples.demo()).build());
    String erase = "\r\u001b[K";
    assertThat(shell.terminal().run("wait", "raycluster", "demo").err())
        .isEqualTo(erase + "demo: STARTING: " + "x".repeat(23) + erase + "demo: READY" + erase);
  }

  @Test
  void an_interrupt_says_how_to_wait_again() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Io io = shell.io(InputStream.nullInputStream(), new ByteArrayOutputStream(), err);
    PlainProgress progress = new PlainProgress(io);
    Waiting.interrupted(io, progress, "raycluster", " -n a", "demo", Goal.DELETED);
    Waiting.interrupted(io, progress, "raycluster", "", "demo", Goal.READY);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            stopped waiting, and nothing else; wait again with: muster wait raycluster demo -n a --for deleted
            stopped waiting, and nothing else; wait again with: muster wait raycluster demo
            """);
  }

  @Test
  void without_columns_the_terminal_is_asked_or_the_usual_width_taken() {
    Io io =
        shell
            .with("COLUMNS", "")
            .io(
                InputStream.nullInputStream(),
                new ByteArrayOutputStream(),
                new ByteArrayOutputStream());
    assertThat(TerminalWidth.of(io)).isGreaterThan(10);
  }

  @ParameterizedTest
  @CsvSource({"24 132, 132", "0 0, 80", "'', 80", "nonsense, 80"})
  void the_width_of_a_terminal_is_what_stty_says(String size, int width) {
    assertThat(TerminalWidth.parse(size)).isEqualTo(width);
  }
}
