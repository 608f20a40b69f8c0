package dev.muster.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.muster.cli.ExitCode;
import dev.muster.cli.FakeDaemon;
import dev.muster.cli.Samples;
import dev.muster.cli.Shell;
import dev.muster.cli.Shell.Result;
import dev.muster.v1.DefineReply;
import dev.muster.v1.DefineRequest;
import dev.muster.v1.LogChunk;
import dev.muster.v1.LogsRequest;
import dev.muster.v1.Resource;
import dev.muster.v1.Setting;
import dev.muster.v1.SubmitRequest;
import dev.muster.v1.SubmitUpdate;
import dev.muster.v1.WaitRequest;
import dev.muster.v1.WaitUpdate;
import dev.muster.v1.WaitUpdate.Outcome;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmitTest {
  private static final SubmitUpdate SUBMITTED =
      SubmitUpdate.newBuilder()
          .setResource(Samples.job())
          .setDashboard("https://ray.example/")
          .build();
  private static final DefineReply DEFINED =
      DefineReply.newBuilder()
          .setYaml("script: a.py\n")
          .setFileName("train.job.yaml")
          .setName("train")
          .build();

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

  private static SubmitUpdate phase(String phase, long done, long total) {
    return SubmitUpdate.newBuilder()
        .setPhase(phase)
        .setDoneBytes(done)
        .setTotalBytes(total)
        .build();
  }

  private static LogChunk chunk(String text) {
    return LogChunk.newBuilder().setData(ByteString.copyFromUtf8(text)).build();
  }

  private static LogChunk end(String state, String reason) {
    Resource end = Samples.job().toBuilder().setState(state).setReason(reason).build();
    return LogChunk.newBuilder().setResource(end).build();
  }

  @Test
  void a_submission_says_what_to_type_next() {
    daemon.answers(
        phase("zipping .", 0, 0),
        phase("sending", 1, 2),
        phase("sending", 2, 2),
        SUBMITTED.toBuilder().addWarnings("nothing is ignored").build());
    assertThat(run("submit job -n team-a --cluster-name demo -w . -- python a.py"))
        .isEqualTo(
            new Result(
                ExitCode.DONE,
                "job/train submitted\n",
                """
                zipping .
                sending
                warning: nothing is ignored
                dashboard: https://ray.example/
                next: muster logs job train -f -n team-a
                """));
    assertThat(daemon.<SubmitRequest>request(0).getCaller().getDirectory()).isEqualTo("/home/ada");
  }

  @Test
  void on_a_terminal_a_bar_is_redrawn() {
    daemon.answers(phase("zipping .", 1_500_000, 0), phase("sending", 25, 100), SUBMITTED);
    String erase = "\r\u001b[K";
    assertThat(shell.terminal().run("submit", "job", "train").err())
        .startsWith(
            erase
                + "zipping . 1.5 MB"
                + erase
                + "sending [#####...............] 25% of 0"
                + erase
                + "dashboard: ");
    assertThat(SubmitProgress.bar(phase("sending", 200, 100)))
        .isEqualTo("sending [####################] 100% of 0.0 MB");
    assertThat(SubmitProgress.bar(phase("zipping", 0, 0))).isEqualTo("zipping");
  }

  @Test
  void what_a_name_alone_may_mean_is_named_with_its_cluster() {
    daemon.answers(
        SubmitUpdate.newBuilder()
            .setResource(Samples.job().toBuilder().setAddress("demo/train"))
            .build(),
        WaitUpdate.newBuilder()
            .setOutcome(Outcome.REACHED)
            .setResource(Samples.job().toBuilder().setAddress("demo/train").setState("SUCCEEDED"))
            .build());
    assertThat(run("submit job train --wait --timeout 1m").out())
        .isEqualTo("job/train submitted\njob/demo/train SUCCEEDED\n");
    WaitRequest wait = daemon.request(1);
    assertThat(wait.getName()).isEqualTo("demo/train");
    assertThat(wait.getUid()).isEqualTo("j-1");
    assertThat(wait.getGoal()).isEqualTo("SUCCEEDED");
    assertThat(wait.getTimeoutMs()).isEqualTo(60_000);
  }

  @Test
  void the_name_for_scripts_has_its_cluster_too() {
    daemon.answers(
        SubmitUpdate.newBuilder()
            .setResource(Samples.job().toBuilder().setAddress("demo/train"))
            .build());
    assertThat(run("submit job train -o name").out()).isEqualTo("job/demo/train\n");
    daemon.answers(SUBMITTED);
    assertThat(run("submit job train -o jsonpath={.uid}").out()).isEqualTo("j-1");
  }

  @ParameterizedTest
  @CsvSource({"FAILED, 1", "TIMED_OUT, 5"})
  void the_exit_code_of_a_wait_is_what_it_came_to(Outcome outcome, int code) {
    daemon.answers(
        SUBMITTED, WaitUpdate.newBuilder().setOutcome(outcome).setLine("FAILED: exit 3").build());
    assertThat(run("submit job train --wait").code().number()).isEqualTo(code);
  }

  @Test
  void a_job_that_fails_is_said_in_one_sentence() {
    daemon.answers(
        SUBMITTED,
        WaitUpdate.newBuilder().setOutcome(Outcome.FAILED).setLine("FAILED: exit 3").build());
    assertThat(run("submit job train --wait -o json").err())
        .endsWith("muster: job train did not succeed: FAILED: exit 3\n");
  }

  @ParameterizedTest
  @CsvSource({"SUCCEEDED, 0", "FAILED, 1", "STOPPED, 1"})
  void followed_standard_output_is_the_log_alone(String state, int code) {
    daemon.answers(SUBMITTED, chunk("epoch 1\n"), chunk("epoch 2"), end(state, "exit 3"));
    Result result = run("submit job train --follow");
    assertThat(result.code().number()).isEqualTo(code);
    assertThat(result.out()).isEqualTo("epoch 1\nepoch 2");
    assertThat(result.err())
        .isEqualTo(
            "job/train submitted\ndashboard: https://ray.example/\njob/train %s\n"
                .formatted(state.equals("SUCCEEDED") ? state : state + ": exit 3"));
    LogsRequest log = daemon.request(1);
    assertThat(log.getFollow()).isTrue();
    assertThat(log.getTarget().getNamespace()).isEqualTo("team-a");
  }

  @Test
  void following_may_take_too_long() {
    daemon.answers(SUBMITTED, chunk("epoch 1\n"), Status.DEADLINE_EXCEEDED);
    Result result = run("submit job train --follow --timeout 1h");
    assertThat(result.code()).isEqualTo(ExitCode.TIMED_OUT);
    assertThat(result.err()).endsWith("muster: job train is not over in time\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --no-wait --wait | --no-wait does not go together with --wait or --follow
          --timeout 1m | --timeout is for --wait or --follow; add one of them
          --follow -o json | --follow prints the log, so it takes no -o; use --wait
          --follow --timeout soon | --timeout 'soon' is not a duration; write it like 30s, 5m or 1h30m
          """)
  void what_does_not_go_together_is_refused_before_anything_is_sent(
      String options, String sentence) {
    assertThat(run("submit job train " + options))
        .isEqualTo(new Result(ExitCode.USAGE, "", "muster: " + sentence + "\n"));
    assertThat(daemon.requests()).isEmpty();
  }

  @Test
  void a_dry_run_prints_what_would_be_sent() {
    daemon.answers(SubmitUpdate.newBuilder().setManifestYaml("entrypoint: ls\n").build());
    assertThat(run("submit job --dry-run -- ls"))
        .isEqualTo(new Result(ExitCode.DONE, "entrypoint: ls\n", ""));
  }

  @Test
  void a_definition_may_come_through_a_pipe() {
    daemon.answers(SUBMITTED);
    assertThat(shell.typing("script: a.py\n").run("submit", "job", "-f", "-").code())
        .isEqualTo(ExitCode.DONE);
    assertThat(daemon.<SubmitRequest>request(0).getText()).isEqualTo("script: a.py\n");
  }

  @Test
  void a_submission_without_an_end_is_a_failure() {
    daemon.answers(phase("sending", 1, 2));
    assertThat(run("submit job train"))
        .isEqualTo(
            new Result(
                ExitCode.FAILED,
                "",
                "sending\nmuster: the daemon ended the submission without saying what came of it\n"));
  }

  @Test
  void of_a_refusal_with_many_lines_the_first_is_said_and_all_with_v() {
    String traceback = "Ray refused it: ValueError: no\nTraceback (most recent call last):\n  x";
    daemon.refuses(Status.UNKNOWN, traceback);
    assertThat(run("submit job train").err()).isEqualTo("muster: Ray refused it: ValueError: no\n");
    daemon.refuses(Status.UNKNOWN, traceback);
    assertThat(run("submit job train -v").err()).contains("Traceback (most recent call last)");
  }

  @Test
  void create_writes_the_definition_and_submits_it() throws IOException {
    daemon.answers(DEFINED, SUBMITTED);
    Result result = run("create job --script a.py --j 2x1 --cluster-name demo");
    assertThat(result.code()).isEqualTo(ExitCode.DONE);
    assertThat(result.out()).isEqualTo("job/train submitted\n");
    assertThat(Files.readString(directory.resolve("train.job.yaml"))).isEqualTo("script: a.py\n");
    assertThat(daemon.<DefineRequest>request(0).getSettingsList())
        .extracting(Setting::getName)
        .containsExactly("script", "j", "cluster-name");
    SubmitRequest submit = daemon.request(1);
    assertThat(submit.getFile()).isEqualTo("train.job.yaml");
    assertThat(submit.getName()).isEqualTo("train");
    assertThat(submit.getSettingsList())
        .extracting(Setting::getName)
        .containsExactly("cluster-name");
  }

  @Test
  void create_with_a_dry_run_writes_nothing() {
    daemon.answers(DEFINED, SubmitUpdate.newBuilder().setManifestYaml("kind: x\n").build());
    assertThat(run("create job train --script a.py --dry-run").out()).isEqualTo("kind: x\n");
    assertThat(directory.resolve("train.job.yaml")).doesNotExist();
    assertThat(daemon.<SubmitRequest>request(1).getText()).isEqualTo("script: a.py\n");
  }

  @Test
  void define_writes_the_file_and_says_what_to_type_next() {
    daemon.answers(DEFINED);
    assertThat(run("define job train --script a.py"))
        .isEqualTo(
            new Result(ExitCode.DONE, "train.job.yaml\n", "next: muster submit job train\n"));
    assertThat(directory.resolve("train.job.yaml")).exists();
  }
}
