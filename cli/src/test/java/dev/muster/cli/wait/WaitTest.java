package dev.muster.cli.wait;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.ExitCode;
import dev.muster.cli.FakeDaemon;
import dev.muster.cli.Io;
import dev.muster.cli.Samples;
import dev.muster.cli.Shell;
import dev.muster.cli.Shell.Result;
import dev.muster.v1.WaitUpdate;
import dev.muster.v1.WaitUpdate.Outcome;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
