package dev.muster.cli.raycluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.ExitCode;
import dev.muster.cli.FakeDaemon;
import dev.muster.cli.Samples;
import dev.muster.cli.Shell;
import dev.muster.cli.Shell.Result;
import dev.muster.v1.GetReply;
import dev.muster.v1.GetRequest;
import dev.muster.v1.ListChunk;
import dev.muster.v1.ListRequest;
import dev.muster.v1.Resource;
import dev.muster.v1.WatchEvent;
import dev.muster.v1.WatchEvent.Type;
import io.grpc.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadsTest {
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
  void a_live_list_says_nothing_but_its_rows() {
    daemon.answers(Samples.cells("demo\tteam-a\tREADY\tray:2.9\t5m"));
    assertThat(shell.run("list", "raycluster", "-n", "team-a"))
        .isEqualTo(
            new Result(
                ExitCode.DONE, "NAME\tNAMESPACE\tSTATE\tAGE\ndemo\tteam-a\tREADY\t5m\n", ""));
    ListRequest asked = daemon.request(0);
    assertThat(asked.getCaller().getDirectory()).isEqualTo("/home/ada");
  }

  @Test
  void on_a_terminal_a_list_is_aligned() {
    daemon.answers(Samples.cells("demo\tteam-a\tREADY\tray:2.9\t5m"));
    assertThat(shell.terminal().run("list", "raycluster").out())
        .isEqualTo("NAME   NAMESPACE   STATE   AGE\ndemo   team-a      READY   5m\n");
  }

  @Test
  void an_empty_live_list_is_said_on_standard_error() {
    daemon.answers(Samples.cells());
    assertThat(shell.run("list")).isEqualTo(new Result(ExitCode.DONE, "", "No resources found\n"));
  }

  @Test
  void an_old_list_says_how_old_and_why() {
    daemon.answers(
        Samples.cells("demo\tteam-a\tREADY\tray:2.9\t5m").toBuilder()
            .setObservations(0, Samples.stale())
            .build());
    assertThat(shell.run("list", "raycluster", "--no-headers"))
        .isEqualTo(
            new Result(
                ExitCode.DONE,
                "demo\tteam-a\tREADY\t5m\n",
                "as of 14:02:11 (3 min ago; not live: the server cannot be reached)\n"));
  }

  @Test
  void several_reasons_have_a_line_each() {
    daemon.answers(
        Samples.cells("demo\tteam-a\tREADY\tray:2.9\t5m").toBuilder()
            .setObservations(
                0,
                Samples.stale().toBuilder().setReason("two do not answer\na: gone\nb: \u001bgone"))
            .build());
    assertThat(shell.run("list", "raycluster", "--no-headers").err())
        .isEqualTo(
            """
            as of 14:02:11 (3 min ago; not live: two do not answer)
              a: gone
              b: \\x1bgone
            """);
  }

  @Test
  void of_several_kinds_the_old_ones_are_named() {
    daemon.answers(
        ListChunk.newBuilder()
            .addObservations(Samples.live())
            .addObservations(
                Samples.stale().toBuilder()
                    .setKind("rayjob")
                    .setObservedAtMs(0)
                    .setReason("")
                    .build())
            .build());
    assertThat(shell.run("list"))
        .isEqualTo(new Result(ExitCode.DONE, "", "rayjob in lab: nothing is known (not live)\n"));
  }

  @Test
  void a_list_that_fails_half_way_prints_what_came() {
    daemon.answers(Samples.cells("demo\tteam-a\tREADY\t\t5m"));
    daemon.refuses(Status.PERMISSION_DENIED, "you may not list rayclusters; use -n");
    assertThat(shell.run("list", "raycluster", "--no-headers"))
        .isEqualTo(
            new Result(
                ExitCode.NOT_ALLOWED,
                "demo\tteam-a\tREADY\t5m\n",
                "muster: you may not list rayclusters; use -n\n"));
  }

  @Test
  void get_shows_one_row_or_the_list() {
    daemon.answers(Samples.reply());
    assertThat(shell.run("get", "raycluster", "demo", "--no-headers").out())
        .isEqualTo("demo\tteam-a\tREADY\t5m\n");
    daemon.answers(Samples.records(Samples.demo()));
    assertThat(shell.run("get", "raycluster", "-o", "name").out()).isEqualTo("raycluster/demo\n");
  }

  @Test
  void get_prints_the_systems_own_object_as_it_came() {
    daemon.answers(GetReply.newBuilder().setManifestYaml("kind: RayCluster\n").build());
    assertThat(shell.run("get", "raycluster", "demo", "-o", "manifest").out())
        .isEqualTo("kind: RayCluster\n");
  }

  @Test
  void get_of_a_name_in_all_namespaces_is_refused() {
    assertThat(shell.run("get", "raycluster", "demo", "-A").code()).isEqualTo(ExitCode.USAGE);
    assertThat(daemon.requests()).isEmpty();
  }

  @Test
  void status_says_state_ready_reason_and_since() {
    daemon.answers(Samples.reply());
    assertThat(shell.run("status", "raycluster", "demo").out())
        .isEqualTo("state\tREADY\nready\tyes\nnative\tready\nsince\t2026-11-21T14:02:11Z\n");
  }

  @Test
  void status_is_aligned_on_a_terminal_and_leaves_out_what_is_not_known() {
    daemon.answers(Samples.reply().toBuilder().setResource(Samples.queued()).build());
    assertThat(shell.terminal().run("status", "raycluster", "later").out())
        .isEqualTo("state:  QUEUED\nready:  no\nreason: quota of queue gpu is used up\n");
  }

  @Test
  void status_on_a_terminal_says_for_how_long() {
    daemon.answers(Samples.reply());
    assertThat(shell.terminal().run("status", "raycluster", "demo").out())
        .contains("since:  2026-11-21T14:02:11Z (3 min)\n");
  }

  @Test
  void status_has_the_other_forms_too() {
    daemon.answers(Samples.reply());
    assertThat(shell.run("status", "raycluster", "demo", "-o", "jsonpath={.state}{\"\\n\"}").out())
        .isEqualTo("READY\n");
  }

  @Test
  void watch_prints_what_is_there_and_each_change() {
    Resource starting =
        Samples.demo().toBuilder().setState("STARTING").setReason("pulling").build();
    long at = Samples.millis("2026-11-21T14:02:00Z");
    daemon.answers(
        event(Type.PRESENT, at, "", Samples.queued()),
        WatchEvent.newBuilder().setType(Type.SYNCED).build(),
        event(Type.ADDED, at + 1000, "", starting),
        WatchEvent.newBuilder().setType(Type.LIVENESS).setObservation(Samples.stale()).build(),
        WatchEvent.newBuilder().setType(Type.LIVENESS).setObservation(Samples.live()).build(),
        event(Type.CHANGED, at + 2000, "STARTING", Samples.demo()),
        event(Type.DELETED, at + 3000, "READY", Samples.demo()));
    assertThat(shell.run("watch", "raycluster"))
        .isEqualTo(
            new Result(
                ExitCode.DONE,
                """
                14:02:00 team-a/later QUEUED (quota of queue gpu is used up)
                14:02:01 team-a/demo (new) -> STARTING (pulling)
                14:02:02 team-a/demo STARTING -> READY
                14:02:03 team-a/demo READY -> (gone)
                """,
                "not live any more: the server cannot be reached\nlive again\n"));
  }

  @Test
  void watch_as_json_is_one_object_a_line() {
    daemon.answers(
        event(Type.CHANGED, Samples.millis("2026-11-21T14:02:00Z"), "STARTING", Samples.demo()),
        WatchEvent.newBuilder().setType(Type.SYNCED).build());
    String out = shell.run("watch", "raycluster", "demo", "-o", "json").out();
    assertThat(out)
        .startsWith(
            "{\"type\":\"CHANGED\",\"at\":\"2026-11-21T14:02:00Z\",\"from\":\"STARTING\",\"to\":\"READY\",\"resource\":{\"source\":\"kubernetes\",")
        .endsWith("}}\n{\"type\":\"SYNCED\",\"at\":null}\n");
    assertThat(shell.run("watch", "raycluster", "-o", "yaml").code()).isEqualTo(ExitCode.USAGE);
  }

  private static WatchEvent event(Type type, long at, String from, Resource resource) {
    return WatchEvent.newBuilder()
        .setType(type)
        .setAtMs(at)
        .setFromState(from)
        .setResource(resource)
        .build();
  }

  @Test
  void rows_are_chosen_by_the_cell_that_the_noun_has_an_option_for() {
    daemon.answers(Samples.cells());
    shell.run("list", "node", "-c", "demo");
    daemon.answers(Samples.cells());
    shell.run("get", "workergroups", "--ray-cluster", "demo");
    daemon.answers(Samples.cells());
    shell.run("list", "lq", "--flavor", "gpu,cpu", "--flavor=big");
    assertThat(daemon.requests())
        .map(request -> ((ListRequest) request).getMatchesList())
        .map(
            matches ->
                String.join(
                    " ", matches.stream().map(m -> m.getColumn() + "=" + m.getValue()).toList()))
        .containsExactly("CLUSTER=demo", "CLUSTER=demo", "FLAVORS=gpu FLAVORS=cpu FLAVORS=big");
    assertThat(shell.run("list", "raycluster", "-c", "demo").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void a_worker_group_is_named_by_its_cluster_too() {
    daemon.answers(Samples.reply(), Samples.reply());
    shell.run("get", "workergroup", "gpu", "-c", "demo");
    shell.run("get", "workergroup/demo/gpu");
    assertThat(daemon.requests())
        .map(request -> ((GetRequest) request).getName())
        .containsExactly("demo/gpu", "demo/gpu");
    assertThat(shell.run("get", "node", "x", "-c", "demo").err())
        .isEqualTo("muster: a name says which one; leave the option out that chooses among all\n");
  }

  @Test
  void a_manifest_can_be_had_without_what_the_server_added() {
    daemon.answers(GetReply.newBuilder().setManifestYaml("kind: RayCluster\n").build());
    assertThat(shell.run("get", "raycluster/demo", "-o", "manifest", "--clean").out())
        .isEqualTo("kind: RayCluster\n");
    assertThat(daemon.<GetRequest>request(0).getClean()).isTrue();
    assertThat(shell.run("get", "raycluster", "demo", "--clean").err())
        .isEqualTo("muster: --clean is for 'get' of one with -o manifest\n");
  }
}
