package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.Shell.Result;
import dev.muster.v1.GetReply;
import dev.muster.v1.SubmitRequest;
import dev.muster.v1.SubmitUpdate;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeflareTest {
  private static final SubmitUpdate SUBMITTED =
      SubmitUpdate.newBuilder().setResource(Samples.job()).build();

  private final FakeDaemon daemon = new FakeDaemon();
  @TempDir Path directory;

  @AfterEach
  void stop() {
    daemon.stop();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          submit job train | submit job train --need-cluster
          job submit train -- ls | job submit train --need-cluster -- ls
          create job --script a.py | create job --script a.py --need-cluster
          list job --all | list job --all
          submit raycluster demo | submit raycluster demo
          status raycluster demo | status raycluster demo --queueing
          details ray-cluster demo -n a | details ray-cluster demo -n a --queueing
          status job train | status job train
          """)
  void only_a_submission_needs_a_cluster_and_only_a_cluster_can_be_queueing(
      String typed, String ours) {
    assertThat(Codeflare.rewritten("codeflare", typed.split(" "))).containsExactly(ours.split(" "));
    assertThat(Codeflare.rewritten("muster", ("codeflare " + typed).split(" ")))
        .containsExactly(ours.split(" "));
  }

  @Test
  void a_cluster_that_is_not_named_is_asked_for_on_a_terminal() {
    daemon.answers(SUBMITTED);
    Result result =
        new Shell(directory, daemon)
            .terminal()
            .typing("demo\n")
            .as("codeflare")
            .run("submit", "job", "train");
    assertThat(result.code()).isEqualTo(ExitCode.DONE);
    assertThat(result.err()).startsWith("Ray cluster: ");
    assertThat(daemon.<SubmitRequest>request(0).getSettings(0).getName()).isEqualTo("cluster-name");
    assertThat(daemon.<SubmitRequest>request(0).getSettings(0).getValuesList())
        .containsExactly("demo");
  }

  @Test
  void elsewhere_the_option_that_is_missing_is_named() {
    for (String line : new String[] {"submit job train", "create job --script a.py"}) {
      assertThat(new Shell(directory, daemon).run(("codeflare " + line).split(" ")))
          .isEqualTo(
              new Result(
                  ExitCode.USAGE,
                  "",
                  "muster: say which Ray cluster with --cluster-name CLUSTER, or --scheduler kubernetes for pods without one\n"));
    }
    assertThat(daemon.requests()).isEmpty();
  }

  @Test
  void another_scheduler_needs_none() {
    daemon.answers(SUBMITTED);
    assertThat(
            new Shell(directory, daemon)
                .as("codeflare")
                .run("submit", "job", "train", "--scheduler", "kubernetes")
                .code())
        .isEqualTo(ExitCode.DONE);
  }

  @ParameterizedTest
  @CsvSource({
    "QUEUED, true, QUEUEING",
    "SUSPENDING, true, QUEUEING",
    "QUEUED, false, QUEUED",
    "SUSPENDING, false, SUSPENDING",
    "TERMINATING, true, TERMINATING",
    "SUSPENDED, true, SUSPENDED"
  })
  void a_cluster_on_its_way_into_the_queue_is_queueing(String ours, boolean is, String theirs) {
    GetReply reply =
        GetReply.newBuilder()
            .setResource(
                Samples.queued().toBuilder()
                    .setState(ours)
                    .setDetailsJson("{\"queueing\":" + is + "}"))
            .setObservation(Samples.live())
            .build();
    daemon.answers(reply);
    daemon.answers(reply);
    daemon.answers(reply);
    daemon.answers(reply);
    Shell shell = new Shell(directory, daemon);

    assertThat(shell.run("codeflare", "status", "raycluster", "later").out())
        .startsWith("state\t" + theirs + "\n");
    assertThat(shell.run("codeflare", "details", "raycluster", "later").out())
        .containsPattern("(?m)^status:? *\t?" + theirs + "$");
    assertThat(shell.run("status", "raycluster", "later").out())
        .startsWith("state\t" + ours + "\n");
    assertThat(shell.run("codeflare", "status", "raycluster", "later", "-o", "json").out())
        .as("the record is the same for all")
        .contains("\"state\": \"" + ours + "\"");
  }

  @Test
  void without_words_it_shows_all_commands() {
    assertThat(new Shell(directory, daemon).as("codeflare").run().out())
        .startsWith("muster: one command");
  }
}
