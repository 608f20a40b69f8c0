package dev.muster.cli.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.ExitCode;
import dev.muster.cli.FakeDaemon;
import dev.muster.cli.Samples;
import dev.muster.cli.Shell;
import dev.muster.cli.Shell.Result;
import dev.muster.v1.GetReply;
import dev.muster.v1.GetRequest;
import dev.muster.v1.UpdateRequest;
import dev.muster.v1.WriteReply;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditTest {
  private static final GetReply LIVE =
      GetReply.newBuilder().setManifestYaml("kind: RayCluster\nspec:\n  suspend: false\n").build();
  private static final WriteReply WRITTEN =
      WriteReply.newBuilder().setResource(Samples.demo()).build();

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

  @Test
  void what_was_saved_is_sent_with_what_it_was_made_from() {
    daemon.answers(LIVE, WRITTEN);
    assertThat(
            shell
                .with("EDITOR", "sed -i s/false/true/")
                .run("edit", "raycluster", "demo", "-n", "team-a"))
        .isEqualTo(new Result(ExitCode.DONE, "raycluster.ray.io/demo edited\n", ""));
    assertThat(daemon.<GetRequest>request(0).getManifest()).isTrue();
    UpdateRequest sent = daemon.request(1);
    assertThat(sent.getManifest().getYaml())
        .startsWith("# Ray cluster demo as it is on the server.")
        .endsWith("kind: RayCluster\nspec:\n  suspend: true\n");
    assertThat(sent.getEditedFrom()).isEqualTo(LIVE.getManifestYaml());
    assertThat(sent.getTarget().getNamespace()).isEqualTo("team-a");
  }

  @Test
  void nothing_saved_changes_nothing() {
    daemon.answers(LIVE, LIVE);
    Result cancelled = new Result(ExitCode.DONE, "", "Edit cancelled, no changes made.\n");
    assertThat(shell.with("VISUAL", "true").run("edit", "raycluster", "demo")).isEqualTo(cancelled);
    assertThat(shell.with("VISUAL", "truncate -s 0").run("edit", "raycluster", "demo"))
        .isEqualTo(cancelled);
    assertThat(daemon.requests()).hasSize(2).hasOnlyElementsOfType(GetRequest.class);
  }

  @Test
  void a_text_that_the_server_refuses_is_kept_and_named() throws IOException {
    daemon.answers(LIVE).refuses(Status.ABORTED, "spec.suspend: must be a boolean");
    Result refused =
        shell.with("EDITOR", "sed -i s/false/maybe/").run("edit", "raycluster", "demo");
    assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.err())
        .startsWith("muster: spec.suspend: must be a boolean; what you wrote is kept in ");
    Path kept = Path.of(refused.err().strip().substring(refused.err().indexOf("/")));
    assertThat(kept).content().contains("suspend: maybe");
    Files.delete(kept);
  }

  @Test
  void an_editor_that_fails_changes_nothing_and_the_text_is_kept() throws IOException {
    daemon.answers(LIVE);
    Result failed = shell.with("EDITOR", "false").run("edit", "raycluster", "demo");
    assertThat(failed.code()).isEqualTo(ExitCode.FAILED);
    assertThat(failed.err())
        .startsWith(
            "muster: the editor 'false' ended with 1; nothing was changed, and the text is kept in ");
    Files.delete(Path.of(failed.err().strip().substring(failed.err().indexOf(" /") + 1)));
  }

  @Test
  void without_a_terminal_an_editor_must_be_named() {
    daemon.answers(LIVE);
    assertThat(shell.run("edit", "raycluster", "demo").code()).isEqualTo(ExitCode.USAGE);
  }
}
