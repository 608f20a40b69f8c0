package dev.muster.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.muster.cli.ExitCode;
import dev.muster.cli.FakeDaemon;
import dev.muster.cli.Samples;
import dev.muster.cli.Session;
import dev.muster.cli.Shell;
import dev.muster.cli.Shell.Result;
import dev.muster.v1.Dashboard;
import dev.muster.v1.LogChunk;
import dev.muster.v1.LogsRequest;
import dev.muster.v1.ResubmitRequest;
import dev.muster.v1.StopJobRequest;
import dev.muster.v1.Target;
import dev.muster.v1.WriteReply;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogsTest {
  private static final LogChunk OVER =
      LogChunk.newBuilder().setResource(Samples.job().toBuilder().setState("SUCCEEDED")).build();

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

  private Result run(String line) {
    return shell.run(line.split(" "));
  }

  private static LogChunk chunk(byte... bytes) {
    return LogChunk.newBuilder().setData(ByteString.copyFrom(bytes)).build();
  }

  private static LogChunk note(String note) {
    return LogChunk.newBuilder().setNote(note).build();
  }

  @Test
  void bytes_come_out_as_they_went_in() {
    byte[] bytes = {0, 27, (byte) 0xff, (byte) 0xc3, 13, 10, 65};
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    daemon.answers(chunk(bytes), note("a gap of 3 lines"), chunk((byte) 66));
    Result result = shell.outTo(out).run("logs", "job", "train");
    assertThat(result).isEqualTo(new Result(ExitCode.DONE, "", "note: a gap of 3 lines\n"));
    assertThat(out.toByteArray()).startsWith(bytes).endsWith(66).hasSize(bytes.length + 1);
  }

  private static LogChunk marked(String text, String part, String bookmark) {
    return chunk(text.getBytes(StandardCharsets.UTF_8)).toBuilder()
        .setPart(part)
        .setBookmark(bookmark)
        .build();
  }

  @Test
  void it_goes_on_at_the_next_daemon_behind_what_was_copied() {
    daemon.dies();
    daemon.answers(marked("one\n", "a", "4"), marked("eins\n", "b", "5"));
    daemon.answers(marked("two\n", "a", "8")).dies();
    daemon.answers(marked("three\n", "a", "14"), OVER);

    assertThat(run("logs job train -f --since 10m --timeout 1h"))
        .isEqualTo(
            new Result(
                ExitCode.DONE,
                "one\neins\ntwo\nthree\n",
                "note: the daemon was restarted; going on\n".repeat(2) + "job/train SUCCEEDED\n"));
    LogsRequest begun = daemon.request(1);
    LogsRequest rest = daemon.request(2);
    assertThat(begun.getBookmarksMap()).isEmpty();
    assertThat(rest.getBookmarksMap()).isEqualTo(Map.of("a", "8", "b", "5"));
    assertThat(rest.getSinceMs()).isGreaterThan(600_000);
  }

  @Test
  void behind_what_has_no_bookmark_it_does_not_go_on() {
    daemon.answers(marked("one\n", "a", "4"), chunk((byte) 65), marked("two\n", "a", "9")).dies();
    assertThat(run("logs job train").code()).isEqualTo(ExitCode.NO_ANSWER);
    assertThat(daemon.requests()).hasSize(1);
  }

  @Test
  void a_plain_read_says_nothing_of_how_the_job_does() {
    daemon.answers(
        LogChunk.newBuilder().setResource(Samples.job().toBuilder().setState("FAILED")).build());
    assertThat(run("logs job train")).isEqualTo(new Result(ExitCode.DONE, "", ""));
  }

  @Test
  void followed_the_exit_code_is_the_jobs() {
    daemon.answers(chunk((byte) 65), OVER);
    assertThat(run("logs job train -f --timeout 1h"))
        .isEqualTo(new Result(ExitCode.DONE, "A", "job/train SUCCEEDED\n"));
  }

  @Test
  void a_followed_log_that_ends_without_the_jobs_end_is_a_failure() {
    daemon.answers(chunk((byte) 65));
    assertThat(run("logs job train -f"))
        .isEqualTo(
            new Result(
                ExitCode.FAILED,
                "A",
                "muster: the daemon ended the log of job train without saying how the job came out\n"));
  }

  @Test
  void a_refusal_in_the_middle_is_said() {
    daemon.answers(chunk((byte) 65));
    daemon.refuses(Status.NOT_FOUND, "job train was deleted");
    Result result = run("logs job train -f");
    assertThat(result)
        .isEqualTo(new Result(ExitCode.NOT_FOUND, "A", "muster: job train was deleted\n"));
    daemon.refuses(Status.NOT_FOUND, "there is no job train");
    assertThat(run("logs job train -f --timeout 1h").code()).isEqualTo(ExitCode.NOT_FOUND);
  }

  @Test
  void a_reader_that_goes_away_is_no_failure() {
    daemon.answers(chunk((byte) 65), OVER);
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    assertThat(shell.outTo(closed).run("logs", "job", "train", "-f"))
        .isEqualTo(new Result(ExitCode.DONE, "", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "logs job demo/train",
        "stop job train --cluster-name demo",
        "status job demo/train",
        "wait job demo/train"
      })
  void a_cluster_is_asked_at_the_address_that_is_given(String line) {
    daemon.refuses(Status.NOT_FOUND, "there is none");
    String options = " --address https://ray --headers {\"a\":\"b\"} --verify ca.pem";
    assertThat(run(line + options).code()).isEqualTo(ExitCode.NOT_FOUND);

    Message request = daemon.request(0);
    Object target = request.getField(request.getDescriptorForType().findFieldByName("target"));
    assertThat(((Target) target).getDashboard())
        .isEqualTo(
            Dashboard.newBuilder()
                .setCluster("demo")
                .setAddress("https://ray")
                .setHeaders("{\"a\":\"b\"}")
                .setVerify("ca.pem")
                .build());
    assertThat(run("logs job train --address http://ray").err())
        .isEqualTo(
            "muster: --address is about one Ray cluster: say --cluster-name CLUSTER, or"
                + " CLUSTER/NAME\n");
  }

  @Test
  void a_timeout_is_for_following() {
    assertThat(run("logs job train --timeout 1m").err())
        .isEqualTo("muster: --timeout is for -f; add it\n");
  }

  @Test
  void an_interrupt_says_that_the_job_goes_on() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (Session session =
        new Session(
            shell.io(InputStream.nullInputStream(), new ByteArrayOutputStream(), err),
            shell::places,
            start -> daemon)) {
      new LogStream(session, dev.muster.cli.Noun.ANY, " -n a").interrupted("train");
    }
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("stopped following, and nothing else: the job goes on;")
        .endsWith(" train -f -n a\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stop | STOPPED | job/train stopped
          cancel | STOPPED | job/train stopped
          stop | SUSPENDED | job/train stopped
          stop | RUNNING | job/train is being stopped: RUNNING
          stop | SUCCEEDED | job/train is over already: SUCCEEDED
          """)
  void a_stop_says_what_came_of_it(String verb, String state, String line) {
    daemon.answers(
        WriteReply.newBuilder()
            .setResource(Samples.job().toBuilder().setState(state))
            .addWarnings("slow")
            .build());
    assertThat(run(verb + " job train --cluster-name demo"))
        .isEqualTo(new Result(ExitCode.DONE, line + "\n", "warning: slow\n"));
    assertThat(daemon.<StopJobRequest>request(0).getName()).isEqualTo("demo/train");
  }

  @Test
  void a_resubmission_names_the_new_one() {
    daemon.answers(
        WriteReply.newBuilder()
            .setResource(Samples.job().toBuilder().setName("train-2").setKind("rayjob"))
            .build());
    assertThat(run("resubmit rayjob train").out()).isEqualTo("rayjob.ray.io/train-2 resubmitted\n");
    assertThat(daemon.<ResubmitRequest>request(0).getKind()).isEqualTo("rayjob");
    daemon.answers(WriteReply.newBuilder().setResource(Samples.job()).build());
    assertThat(run("resubmit job train -o name").out()).isEqualTo("job/train\n");
  }
}
