package dev.muster.cli.raycluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.ExitCode;
import dev.muster.cli.FakeDaemon;
import dev.muster.cli.Samples;
import dev.muster.cli.Shell;
import dev.muster.cli.Shell.Result;
import dev.muster.v1.CreateReply;
import dev.muster.v1.CreateRequest;
import dev.muster.v1.DefineReply;
import dev.muster.v1.DeleteReply;
import dev.muster.v1.DeleteRequest;
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

class WritesTest {
  private static final CreateReply CREATED =
      CreateReply.newBuilder().setResource(Samples.demo()).build();
  private static final DeleteReply DELETED =
      DeleteReply.newBuilder().setResource(Samples.demo()).build();

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

  private static DefineReply defined(String yaml) {
    return DefineReply.newBuilder()
        .setYaml(yaml)
        .setFileName("demo.yaml")
        .setName("demo")
        .addWarnings("no default queue is known")
        .build();
  }

  private static WaitUpdate update(Outcome outcome, String line) {
    return WaitUpdate.newBuilder()
        .setOutcome(outcome)
        .setResource(Samples.demo())
        .setLine(line)
        .build();
  }

  @Test
  void define_writes_the_file_and_says_what_to_type_next() throws IOException {
    daemon.answers(defined("kind: RayCluster\n"));
    assertThat(shell.run("define", "raycluster", "demo", "-n", "team-a"))
        .isEqualTo(
            new Result(
                ExitCode.DONE,
                "demo.yaml\n",
                """
                warning: no default queue is known
                next: muster create raycluster demo -n team-a
                """));
    assertThat(directory.resolve("demo.yaml")).hasContent("kind: RayCluster\n");
    assertThat(directory).isDirectoryNotContaining("glob:**.demo.yaml*");
  }

  @Test
  void the_same_definition_again_is_fine() throws IOException {
    Files.writeString(directory.resolve("demo.yaml"), "same\n");
    daemon.answers(defined("same\n"));
    assertThat(shell.run("define", "raycluster", "demo").code()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void a_different_file_is_in_the_way_unless_forced() throws IOException {
    Path file = Files.writeString(directory.resolve("demo.yaml"), "mine\n");
    daemon.answers(defined("other\n"));
    Result refused = shell.run("define", "raycluster", "demo");
    assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err())
        .endsWith(
            "muster: demo.yaml is there already and differs; use --force to replace it, or another name\n");
    assertThat(file).hasContent("mine\n");
    daemon.answers(defined("other\n"));
    assertThat(shell.run("define", "raycluster", "demo", "--force").code())
        .isEqualTo(ExitCode.DONE);
    assertThat(file).hasContent("other\n");
  }

  @Test
  void a_directory_that_is_not_there_is_said() {
    daemon.answers(defined("x\n"));
    Shell nowhere = new Shell(directory.resolve("gone"), daemon);
    Result result = nowhere.run("define", "raycluster", "demo");
    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).endsWith("demo.yaml cannot be written: no such directory\n");
  }

  @Test
  void define_can_print_instead() {
    daemon.answers(defined("kind: RayCluster\n"), defined("kind: RayCluster\n"));
    assertThat(shell.run("define", "raycluster", "demo", "-o", "yaml").out())
        .isEqualTo("kind: RayCluster\n");
    assertThat(shell.run("define", "raycluster", "demo", "--stdout").out())
        .isEqualTo("kind: RayCluster\n");
    assertThat(directory).isEmptyDirectory();
    assertThat(shell.run("define", "raycluster", "demo", "-o", "json").code())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void create_says_what_was_created_and_what_to_type_next() {
    daemon.answers(CREATED.toBuilder().addWarnings("the image has no tag").build());
    assertThat(shell.run("create", "raycluster", "demo", "--context", "lab"))
        .isEqualTo(
            new Result(
                ExitCode.DONE,
                "raycluster.ray.io/demo created\n",
                """
                warning: the image has no tag
                next: muster wait raycluster demo --context lab
                """));
  }

  @Test
  void a_dry_run_says_so_and_waits_for_nothing() {
    daemon.answers(CREATED);
    assertThat(shell.run("create", "raycluster", "demo", "--dry-run", "--wait"))
        .isEqualTo(new Result(ExitCode.DONE, "raycluster.ray.io/demo created (dry run)\n", ""));
  }

  @Test
  void create_prints_a_record_where_one_is_asked_for() {
    daemon.answers(CREATED);
    assertThat(shell.run("create", "raycluster", "demo", "-o", "name").out())
        .isEqualTo("raycluster/demo\n");
  }

  @Test
  void a_manifest_may_come_through_a_pipe() {
    daemon.answers(CREATED);
    shell.typing("kind: RayCluster\n").run("create", "raycluster", "-f", "-");
    CreateRequest asked = daemon.request(0);
    assertThat(asked.getManifestYaml()).isEqualTo("kind: RayCluster\n");
    assertThat(asked.getFile()).isEmpty();
  }

  @Test
  void an_empty_pipe_is_refused() {
    assertThat(shell.run("create", "raycluster", "-f", "-"))
        .isEqualTo(
            new Result(
                ExitCode.USAGE, "", "muster: standard input is empty; put a manifest into it\n"));
  }

  @Test
  void more_than_any_manifest_is_refused() {
    Result result = shell.typing("x".repeat((4 << 20) + 1)).run("create", "raycluster", "-f", "-");
    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(daemon.requests()).isEmpty();
  }

  @Test
  void create_can_wait_for_exactly_what_it_created() {
    daemon.answers(
        CREATED,
        update(Outcome.PENDING, "QUEUED"),
        update(Outcome.PENDING, "QUEUED"),
        update(Outcome.PENDING, ""),
        update(Outcome.REACHED, ""));
    assertThat(shell.run("create", "raycluster", "demo", "--wait", "--timeout", "10m"))
        .isEqualTo(
            new Result(
                ExitCode.DONE, "raycluster.ray.io/demo created\n", "demo: QUEUED\ndemo: READY\n"));
    WaitRequest asked = daemon.request(1);
    assertThat(asked.getUid()).isEqualTo("u-1");
    assertThat(asked.getTarget().getNamespace()).isEqualTo("team-a");
    assertThat(asked.getTimeoutMs()).isEqualTo(600_000);
    assertThat(asked.getGoal()).isEqualTo("ready");
  }

  @Test
  void a_time_out_without_a_wait_is_refused_before_anything_is_created() {
    assertThat(shell.run("create", "raycluster", "demo", "--timeout", "10m").code())
        .isEqualTo(ExitCode.USAGE);
    assertThat(daemon.requests()).isEmpty();
  }

  @Test
  void delete_goes_on_after_a_failure_and_ends_with_it() {
    daemon.answers(DELETED, Status.NOT_FOUND.withDescription("there is no raycluster b"), DELETED);
    assertThat(shell.run("delete", "raycluster", "a", "b", "c"))
        .isEqualTo(
            new Result(
                ExitCode.NOT_FOUND,
                "raycluster.ray.io/a deleted\nraycluster.ray.io/c deleted\n",
                "muster: there is no raycluster b\n"));
  }

  @Test
  void delete_of_one_that_fails_is_one_sentence() {
    daemon.refuses(Status.PERMISSION_DENIED, "you may not delete rayclusters");
    assertThat(shell.run("delete", "raycluster", "a"))
        .isEqualTo(
            new Result(ExitCode.NOT_ALLOWED, "", "muster: you may not delete rayclusters\n"));
  }

  @Test
  void delete_asks_on_a_terminal_and_takes_no_for_an_answer() {
    daemon.answers(Samples.reply());
    assertThat(shell.terminal().typing("n\n").run("delete", "raycluster", "demo"))
        .isEqualTo(
            new Result(
                ExitCode.FAILED,
                "",
                "Delete raycluster demo in namespace team-a of context lab? [y/N] nothing was deleted\n"));
    assertThat(daemon.requests()).hasSize(1);
  }

  @Test
  void delete_takes_yes_for_an_answer_or_as_an_option() {
    daemon.answers(Samples.reply(), DELETED);
    assertThat(shell.terminal().typing("yes\n").run("delete", "raycluster", "demo").out())
        .isEqualTo("raycluster.ray.io/demo deleted\n");
    daemon.answers(DELETED);
    assertThat(shell.run("delete", "raycluster", "demo", "-y").err()).isEmpty();
  }

  @Test
  void things_of_several_kinds_are_deleted_at_once() {
    daemon.answers(DELETED, DELETED, DELETED);
    Result result =
        shell.run("delete", "cluster", "demo", "rayjob/nightly", "rayservices.ray.io/web");
    assertThat(result)
        .isEqualTo(
            new Result(
                ExitCode.DONE,
                "raycluster.ray.io/demo deleted\nrayjob.ray.io/nightly deleted\nrayservice.ray.io/web deleted\n",
                ""));
    assertThat(daemon.requests())
        .map(request -> (DeleteRequest) request)
        .extracting(request -> request.getKind() + " " + request.getName())
        .containsExactly("raycluster demo", "rayjob nightly", "rayservice web");

    assertThat(shell.run("delete", "raycluster", "demo", "node/x"))
        .isEqualTo(
            new Result(ExitCode.USAGE, "", "muster: 'node/x': there is no 'node' to delete\n"));
  }

  @Test
  void delete_can_wait_until_it_is_gone() {
    daemon.answers(DELETED, update(Outcome.PENDING, "1 pod is left"), update(Outcome.REACHED, ""));
    assertThat(shell.run("delete", "raycluster", "demo", "--wait"))
        .isEqualTo(
            new Result(ExitCode.DONE, "raycluster.ray.io/demo deleted\n", "demo: 1 pod is left\n"));
    WaitRequest asked = daemon.request(1);
    assertThat(asked.getGoal()).isEqualTo("deleted");
    assertThat(asked.getName()).isEqualTo("demo");
    assertThat(asked.getUid()).isEqualTo("u-1");
  }

  @Test
  void a_definition_can_go_to_where_the_sdk_keeps_them() {
    daemon.answers(defined("kind: RayCluster\n"));

    Result result = shell.run("define", "raycluster", "demo", "--write_to_file");

    Path file = directory.resolve(".codeflare/resources/demo.yaml");
    assertThat(result.code()).isEqualTo(ExitCode.DONE);
    assertThat(result.out()).isEqualTo(file + "\n");
    assertThat(result.err()).contains("next: muster create raycluster -f " + file);
    assertThat(file).hasContent("kind: RayCluster");
    assertThat(directory.resolve("demo.yaml")).doesNotExist();
  }

  @Test
  void a_directory_of_the_sdk_that_cannot_be_made_is_said() throws IOException {
    Files.writeString(directory.resolve(".codeflare"), "a file");
    daemon.answers(defined("kind: RayCluster\n"));

    Result result = shell.run("define", "raycluster", "demo", "--write-to-file");
    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains(".codeflare/resources cannot be made");

    daemon.answers(defined("kind: RayCluster\n"));
    Result homeless = shell.with("HOME", "").run("define", "raycluster", "demo", "--write-to-file");
    assertThat(homeless.err()).contains("--write-to-file needs HOME, which is not set");
  }
}
