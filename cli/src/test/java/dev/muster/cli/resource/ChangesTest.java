package dev.muster.cli.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.ExitCode;
import dev.muster.cli.FakeDaemon;
import dev.muster.cli.Samples;
import dev.muster.cli.Shell;
import dev.muster.cli.Shell.Result;
import dev.muster.v1.AddWorkerGroupRequest;
import dev.muster.v1.ApplyRequest;
import dev.muster.v1.CreateReply;
import dev.muster.v1.CreateRequest;
import dev.muster.v1.DeleteReply;
import dev.muster.v1.DiffReply;
import dev.muster.v1.DiffRequest;
import dev.muster.v1.Manifest;
import dev.muster.v1.PatchRequest;
import dev.muster.v1.Resource;
import dev.muster.v1.ScaleRequest;
import dev.muster.v1.SuspendRequest;
import dev.muster.v1.UpdateRequest;
import dev.muster.v1.WriteReply;
import io.grpc.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangesTest {
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

  private static Result done(String line) {
    return new Result(ExitCode.DONE, line + "\n", "");
  }

  @Test
  void apply_names_the_file_or_sends_what_came_through_a_pipe() {
    daemon.answers(WRITTEN, WRITTEN, WRITTEN);
    assertThat(shell.run("apply", "raycluster", "demo", "-n", "team-a", "--force"))
        .isEqualTo(done("raycluster.ray.io/demo applied"));
    ApplyRequest byName = daemon.request(0);
    assertThat(byName.getManifest()).isEqualTo(Manifest.newBuilder().setName("demo").build());
    assertThat(byName.getForce()).isTrue();
    assertThat(byName.getTarget().getNamespace()).isEqualTo("team-a");

    assertThat(shell.run("apply", "appwrapper", "-f", "x.yaml", "--dry-run"))
        .isEqualTo(done("appwrapper.workload.codeflare.dev/demo applied (dry run)"));
    ApplyRequest byFile = daemon.request(1);
    assertThat(byFile.getKind()).isEqualTo("appwrapper");
    assertThat(byFile.getManifest().getFile()).isEqualTo("x.yaml");
    assertThat(byFile.getDryRun()).isTrue();

    shell.typing("kind: RayCluster\n").run("apply", "raycluster", "-f", "-");
    ApplyRequest piped = daemon.request(2);
    assertThat(piped.getManifest().getYaml()).isEqualTo("kind: RayCluster\n");
  }

  @Test
  void what_else_a_file_held_has_a_line_of_its_own() {
    daemon.answers(
        WRITTEN.toBuilder().addOthers("secret/demo-files").build(),
        CreateReply.newBuilder().setResource(Samples.demo()).addOthers("rayjob.ray.io/a").build());
    assertThat(shell.run("apply", "raycluster", "-f", "x.yaml", "--dry-run"))
        .isEqualTo(
            done("raycluster.ray.io/demo applied (dry run)\nsecret/demo-files applied (dry run)"));
    assertThat(shell.run("create", "raycluster", "-f", "x.yaml").out())
        .isEqualTo("raycluster.ray.io/demo created\nrayjob.ray.io/a created\n");
  }

  @Test
  void update_replaces_and_prints_a_record_where_one_is_asked_for() {
    daemon.answers(WRITTEN.toBuilder().addWarnings("a field is deprecated").build());
    assertThat(shell.run("update", "raycluster", "demo", "-o", "name"))
        .isEqualTo(
            new Result(ExitCode.DONE, "raycluster/demo\n", "warning: a field is deprecated\n"));
    assertThat(daemon.<UpdateRequest>request(0).getManifest().getName()).isEqualTo("demo");
  }

  @Test
  void patch_sends_the_text_the_file_or_standard_input() {
    daemon.answers(WRITTEN, WRITTEN, WRITTEN);
    assertThat(shell.run("patch", "raycluster", "demo", "-p", "{spec: {suspend: true}}"))
        .isEqualTo(done("raycluster.ray.io/demo patched"));
    PatchRequest text = daemon.request(0);
    assertThat(text.getPatch()).isEqualTo("{spec: {suspend: true}}");
    assertThat(text.getType()).isEqualTo("merge");
    shell.run("patch", "raycluster", "demo", "-f", "p.json", "--type", "json");
    PatchRequest file = daemon.request(1);
    assertThat(file.getPatchFile()).isEqualTo("p.json");
    assertThat(file.getType()).isEqualTo("json");
    shell.typing("[]").run("patch", "raycluster", "demo", "-f", "-");
    assertThat(daemon.<PatchRequest>request(2).getPatch()).isEqualTo("[]");
  }

  @Test
  void scale_sends_only_what_was_said() {
    daemon.answers(WRITTEN, WRITTEN);
    assertThat(shell.run("scale", "cluster", "demo", "-w", "gpu", "-r", "4"))
        .isEqualTo(done("raycluster.ray.io/demo scaled"));
    ScaleRequest asked = daemon.request(0);
    assertThat(asked.getWorkerGroup()).isEqualTo("gpu");
    assertThat(asked.getReplicas()).isEqualTo(4);
    assertThat(asked.hasMin()).isFalse();
    assertThat(asked.hasMax()).isFalse();
    shell.run("scale", "raycluster", "demo", "--min-replicas=0", "--maxReplicas", "8");
    ScaleRequest bounds = daemon.request(1);
    assertThat(bounds.hasReplicas()).isFalse();
    assertThat(bounds.hasMin()).isTrue();
    assertThat(bounds.getMin()).isZero();
    assertThat(bounds.getMax()).isEqualTo(8);
  }

  @Test
  void a_worker_group_is_described_by_the_options_of_workers() {
    daemon.answers(
        WRITTEN.toBuilder()
            .setResource(Samples.demo().toBuilder().setKind("workergroup").setName("demo/gpu"))
            .addWarnings("no quota is reserved for it")
            .build());
    assertThat(
            shell.run(
                "create",
                "workergroups",
                "gpu",
                "--ray-cluster",
                "demo",
                "--worker-replicas=2",
                "--workerMaxReplicas",
                "4",
                "--worker-gpu",
                "1",
                "--worker-cpu",
                "3",
                "--dry-run"))
        .isEqualTo(
            new Result(
                ExitCode.DONE,
                "workergroup/demo/gpu created (dry run)\n",
                "warning: no quota is reserved for it\n"));
    AddWorkerGroupRequest asked = daemon.request(0);
    assertThat(asked.getKind()).isEqualTo("raycluster");
    assertThat(asked.getCluster()).isEqualTo("demo");
    assertThat(asked.getWorkerGroup()).isEqualTo("gpu");
    assertThat(asked.getReplicas()).isEqualTo(2);
    assertThat(asked.hasMin()).isFalse();
    assertThat(asked.getMax()).isEqualTo(4);
    assertThat(asked.getDryRun()).isTrue();
    assertThat(asked.getSettingsList())
        .extracting(setting -> setting.getName() + "=" + setting.getValues(0))
        .containsExactly("worker-gpus=1", "worker-cpu-requests=3", "worker-cpu-limits=3");
  }

  @Test
  void a_worker_group_needs_its_cluster() {
    daemon.answers(WRITTEN);
    Result result = shell.run("create", "workergroup", "gpu");
    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("needs the cluster that gets it: --cluster NAME");
    shell.run("create", "workergroup", "gpu", "-c", "demo", "--min-workers", "0");
    assertThat(daemon.<AddWorkerGroupRequest>request(0).hasReplicas()).isFalse();
    assertThat(daemon.<AddWorkerGroupRequest>request(0).getMin()).isZero();
  }

  @Test
  void suspend_and_resume_are_one_call() {
    daemon.answers(WRITTEN, WRITTEN);
    assertThat(shell.run("suspend", "raycluster", "demo"))
        .isEqualTo(done("raycluster.ray.io/demo suspended"));
    assertThat(daemon.<SuspendRequest>request(0).getSuspended()).isTrue();
    assertThat(shell.run("resume", "raycluster", "demo", "--dry-run"))
        .isEqualTo(done("raycluster.ray.io/demo resumed (dry run)"));
    SuspendRequest resumed = daemon.request(1);
    assertThat(resumed.getSuspended()).isFalse();
    assertThat(resumed.getDryRun()).isTrue();
  }

  @Test
  void diff_prints_what_would_change_and_says_it_by_exit_code_if_asked() {
    DiffReply differs = DiffReply.newBuilder().setDiff("-a: 1\n+a: 2\n").build();
    daemon.answers(differs, differs, DiffReply.getDefaultInstance());
    assertThat(shell.run("diff", "raycluster", "demo")).isEqualTo(done("-a: 1\n+a: 2"));
    assertThat(daemon.<DiffRequest>request(0).getManifest().getName()).isEqualTo("demo");
    assertThat(shell.run("diff", "raycluster", "demo", "--exit-code").code())
        .isEqualTo(ExitCode.FAILED);
    assertThat(shell.run("diff", "raycluster", "demo", "--exit-code"))
        .isEqualTo(new Result(ExitCode.DONE, "", ""));
  }

  @Test
  void an_appwrapper_is_created_from_a_file_and_its_name_is_said() {
    daemon.answers(CreateReply.newBuilder().setResource(Samples.demo()).build());
    assertThat(shell.run("create", "appwrapper", "demo"))
        .isEqualTo(
            new Result(
                ExitCode.DONE,
                "appwrapper.workload.codeflare.dev/demo created\n",
                "next: muster wait appwrapper demo\n"));
    CreateRequest asked = daemon.request(0);
    assertThat(asked.getKind()).isEqualTo("appwrapper");
    assertThat(asked.getName()).isEqualTo("demo");
  }

  @Test
  void what_is_in_an_appwrapper_is_said_with_it() {
    Resource wrapped = Samples.demo().toBuilder().setOwner("AppWrapper/outer").build();
    WriteReply written = WriteReply.newBuilder().setResource(wrapped).build();
    daemon.answers(
        CreateReply.newBuilder().setResource(wrapped).build(),
        written,
        written,
        DeleteReply.newBuilder().setResource(wrapped).build());

    assertThat(shell.run("create", "raycluster", "demo").out())
        .isEqualTo("raycluster.ray.io/demo created (in AppWrapper outer)\n");
    assertThat(shell.run("suspend", "raycluster", "demo"))
        .isEqualTo(done("raycluster.ray.io/demo suspended (in AppWrapper outer)"));
    assertThat(shell.run("apply", "raycluster", "demo", "--dry-run"))
        .isEqualTo(done("raycluster.ray.io/demo applied (in AppWrapper outer, dry run)"));
    assertThat(shell.run("delete", "raycluster", "demo", "-y"))
        .isEqualTo(done("raycluster.ray.io/demo deleted (with AppWrapper outer)"));
  }

  @Test
  void submit_is_another_word_for_create() {
    daemon.answers(CreateReply.newBuilder().setResource(Samples.demo()).build());
    assertThat(shell.run("submit", "raycluster", "demo").out())
        .isEqualTo("raycluster.ray.io/demo created\n");
    assertThat(daemon.<CreateRequest>request(0).getName()).isEqualTo("demo");
  }

  @Test
  void a_refusal_of_the_server_is_said_as_it_came() {
    daemon.refuses(Status.ABORTED, "scale cannot be done with a appwrapper yet.");
    assertThat(shell.run("scale", "appwrapper", "demo", "-r", "1"))
        .isEqualTo(
            new Result(
                ExitCode.FAILED, "", "muster: scale cannot be done with a appwrapper yet.\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "apply raycluster|'muster apply raycluster' needs a name or a file (-f); see 'muster apply"
            + " raycluster --help'",
        "diff raycluster a -f b|'muster diff raycluster' needs a name or a file (-f), not both; see"
            + " 'muster diff raycluster --help'",
        "create appwrapper|'muster create appwrapper' needs a name or a file (-f); see 'muster"
            + " create appwrapper --help'",
        "patch raycluster a|'muster patch raycluster' needs a patch (-p) or a file (-f)",
        "patch raycluster a -p x -f y|'muster patch raycluster' needs a patch (-p) or a file (-f),"
            + " not both",
        "patch raycluster a -p x --type strategic|--type is merge or json, not 'strategic'",
        "scale raycluster a|'muster scale raycluster' needs --replicas, --min-replicas or"
            + " --max-replicas",
        "scale raycluster a -r -1|--replicas -1 is less than none",
        "watch raycluster --from -3|--from takes the cursor of an earlier event, not -3",
        "history --limit -3|--limit and --from take no negative number",
        "history -o yaml|-o takes table, wide, csv or json here"
      })
  void what_makes_no_sense_is_said_before_anything_is_sent(String line, String sentence) {
    assertThat(shell.run(line.split(" ")))
        .isEqualTo(new Result(ExitCode.USAGE, "", "muster: " + sentence + "\n"));
    assertThat(daemon.requests()).isEmpty();
  }
}
