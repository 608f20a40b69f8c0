package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.Shell.Result;
import dev.muster.proto.DaemonClient.Start;
import dev.muster.proto.DaemonException;
import dev.muster.proto.Wire;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MusterTest {
  private final FakeDaemon daemon = new FakeDaemon();
  @TempDir Path directory;

  @AfterEach
  void stop() {
    daemon.stop();
  }

  @Test
  void a_refusal_of_the_daemon_is_said_as_it_came() {
    daemon.refuses(Status.NOT_FOUND, "there is no raycluster demo in namespace team-a");
    Result result = new Shell(directory, daemon).run("status", "raycluster", "demo");
    assertThat(result)
        .isEqualTo(
            new Result(
                ExitCode.NOT_FOUND,
                "",
                "muster: there is no raycluster demo in namespace team-a\n"));
  }

  @Test
  void a_refusal_without_words_names_its_code() {
    daemon.answers(Status.INTERNAL);
    assertThat(new Shell(directory, daemon).run("status", "raycluster", "demo").err())
        .isEqualTo("muster: the daemon answered INTERNAL\n");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "Network closed for unknown reason")
  void a_lost_connection_is_said_with_the_place_of_the_log(String words) {
    daemon.answers(Status.UNAVAILABLE.withDescription(words));
    Shell shell = new Shell(directory, daemon);
    assertThat(shell.run("status", "raycluster", "demo"))
        .isEqualTo(
            new Result(
                ExitCode.NO_ANSWER,
                "",
                "muster: the connection to the daemon was lost; its log is %s\n"
                    .formatted(shell.places().log())));
  }

  @Test
  void a_daemon_that_does_not_answer_in_time_is_said_with_the_place_of_the_log() {
    daemon.answers(Status.DEADLINE_EXCEEDED.withDescription("deadline exceeded after 5s"));
    Shell shell = new Shell(directory, daemon);
    assertThat(shell.run("status", "raycluster", "demo").err())
        .isEqualTo(
            "muster: the daemon did not answer in time; its log is %s\n"
                .formatted(shell.places().log()));
  }

  @Test
  void a_daemon_that_falls_silent_is_said_with_the_place_of_the_log() {
    daemon.answers(
        Status.UNAVAILABLE.withDescription("Keepalive failed. The connection is likely gone"));
    Shell shell = new Shell(directory, daemon);
    assertThat(shell.run("status", "raycluster", "demo"))
        .isEqualTo(
            new Result(
                ExitCode.NO_ANSWER,
                "",
                "muster: the daemon no longer answers; its log is %s\n"
                    .formatted(shell.places().log())));
  }

  @Test
  void a_daemon_that_ran_out_of_memory_is_said_to_have() throws IOException {
    daemon.answers(Status.UNAVAILABLE);
    Shell shell = new Shell(directory, daemon);
    Files.createDirectories(shell.places().stateDirectory());
    Files.writeString(
        shell.places().output(),
        "Terminating due to java.lang.OutOfMemoryError: Java heap space\n");
    assertThat(shell.run("status", "raycluster", "demo").err())
        .isEqualTo(
            "muster: the daemon ran out of memory and ended, the next command starts another; its log is %s\n"
                .formatted(shell.places().log()));
  }

  @Test
  void where_no_daemon_may_stay_a_call_has_one_of_its_own() {
    daemon.answers(Status.NOT_FOUND, Status.NOT_FOUND);
    List<Start> asked = new ArrayList<>();
    Shell shell =
        new Shell(
            directory,
            start -> {
              asked.add(start);
              return daemon;
            });
    shell.run("status", "raycluster", "demo", "--no-daemon");
    shell.run("status", "raycluster", "demo");
    assertThat(asked).containsExactly(Start.PRIVATE, Start.IF_NEEDED);
  }

  @Test
  void a_daemon_that_cannot_be_had_is_exit_6() {
    Shell shell =
        new Shell(
            directory,
            start -> {
              throw new DaemonException(DaemonException.Kind.START_FAILED, "it ended at once");
            });
    assertThat(shell.run("list"))
        .isEqualTo(new Result(ExitCode.NO_ANSWER, "", "muster: it ended at once\n"));
  }

  @Test
  void what_nobody_foresaw_is_one_sentence_too() {
    Shell shell =
        new Shell(
            directory,
            start -> {
              throw new IllegalStateException("odd");
            });
    assertThat(shell.run("list", "-v"))
        .isEqualTo(
            new Result(
                ExitCode.FAILED,
                "",
                """
                muster: this should not have happened: java.lang.IllegalStateException: odd
                  IllegalStateException: odd
                """));
  }

  @Test
  void what_another_system_said_in_many_lines_is_for_who_asks_for_more() {
    Metadata trailers = new Metadata();
    trailers.put(Wire.DETAIL, "Traceback:\n  File\u0007\n".getBytes(StandardCharsets.UTF_8));
    daemon.answers(
        Status.ABORTED.withDescription("Ray refused it.").asRuntimeException(trailers),
        Status.ABORTED.withDescription("Ray refused it.").asRuntimeException(trailers));
    assertThat(new Shell(directory, daemon).run("status", "raycluster", "demo").err())
        .isEqualTo("muster: Ray refused it.\n");
    assertThat(new Shell(directory, daemon).run("status", "raycluster", "demo", "-v").err())
        .startsWith("muster: Ray refused it.\n")
        .endsWith("  Traceback:\n    File\\x07\n");
  }

  @Test
  void a_reader_that_went_away_is_no_failure() {
    daemon.answers(Samples.cells("demo\tteam-a\tREADY\t\t5m"));
    Result result =
        new Shell(directory, daemon).outTo(failing("Broken pipe")).run("list", "raycluster");
    assertThat(result).isEqualTo(new Result(ExitCode.DONE, "", ""));
  }

  @Test
  void an_output_that_takes_nothing_is_a_failure() {
    daemon.answers(Samples.cells("demo\tteam-a\tREADY\t\t5m"));
    Result result =
        new Shell(directory, daemon)
            .outTo(failing("No space left on device"))
            .run("list", "raycluster");
    assertThat(result)
        .isEqualTo(
            new Result(
                ExitCode.FAILED,
                "",
                "muster: the output cannot be written: No space left on device\n"));
  }

  @Test
  void an_output_that_is_closed_is_a_failure_in_plain_words() {
    assertThat(Shell.withoutDaemon(directory).outTo(failing("Bad file descriptor")).run("--help"))
        .isEqualTo(
            new Result(
                ExitCode.FAILED, "", "muster: the output cannot be written: it is closed\n"));
  }

  private static OutputStream failing(String why) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(why);
      }
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "list raycluster --nmespace x|'muster list raycluster' has no option '--nmespace'; did you mean '--namespace'?",
        "list raycluster --zzz=1|'muster list raycluster' has no option '--zzz'; see 'muster list raycluster --help'",
        "list raycluster x|'muster list raycluster' does not take 'x'; see 'muster list raycluster --help'",
        "list raycluster -n|option '-n' needs a value: NAMESPACE",
        "list raycluster --namespace|option '--namespace' needs a value: NAMESPACE",
        "scale raycluster demo --replicas x|option '--replicas' takes a whole number, not 'x'; see 'muster scale raycluster --help'",
        "scale raycluster demo --num-workers=1.5|option '--num-workers' takes a whole number, not '1.5'; see 'muster scale raycluster --help'",
        "scale raycluster demo -rx|option '-r' takes a whole number, not 'x'; see 'muster scale raycluster --help'",
        "watch raycluster --from x|option '--from' takes a whole number, not 'x'; see 'muster watch raycluster --help'",
        "status raycluster|'muster status raycluster' needs NAME; see 'muster status raycluster --help'",
        "list raycluster -o jsn|there is no output format 'jsn'; did you mean 'json'? (table, wide, json, yaml, name, csv, jsonpath, manifest)",
        "list raycluster -o manifest|-o manifest is for 'get' with one name, such as 'get raycluster demo'",
        "list raycluster -o jsonpath|-o jsonpath needs a template, such as -o jsonpath='{.state}'",
        "list raycluster --max-age soon|--max-age 'soon' is not a duration; write it like 30s, 5m or 1h30m"
      })
  void a_bad_command_line_is_one_sentence_and_exit_2(String line, String sentence) {
    Result result = Shell.withoutDaemon(directory).run(line.split(" "));
    assertThat(result).isEqualTo(new Result(ExitCode.USAGE, "", "muster: " + sentence + "\n"));
  }
}
