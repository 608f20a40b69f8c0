package dev.muster.cli.raycluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cli.CliFailure;
import dev.muster.cli.Muster;
import dev.muster.cli.resource.DeleteCommand;
import dev.muster.cli.resource.GetCommand;
import dev.muster.cli.resource.ListCommand;
import dev.muster.cli.resource.WaitCommand;
import dev.muster.cli.resource.WatchCommand;
import dev.muster.v1.CreateRequest;
import dev.muster.v1.DefineRequest;
import dev.muster.v1.DeleteRequest;
import dev.muster.v1.Freshness;
import dev.muster.v1.GetRequest;
import dev.muster.v1.Layout;
import dev.muster.v1.ListRequest;
import dev.muster.v1.Setting;
import dev.muster.v1.Target;
import dev.muster.v1.WaitRequest;
import dev.muster.v1.WatchRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of the daemon, for what is typed. */
class RequestsTest {
  private static final Target TEAM_A = Target.newBuilder().setNamespace("team-a").build();

  private static <T> T parse(Class<T> command, String line) {
    return command.cast(Muster.parse(line.split(" ")));
  }

  private static Setting setting(String name, String... values) {
    return Setting.newBuilder().setName(name).addAllValues(List.of(values)).build();
  }

  @Test
  void a_list_has_every_option() {
    ListCommand command =
        parse(
            ListCommand.class,
            "list raycluster --kubeconfig kc --context lab -n team-a -A -l team=a --fresh --max-age 30s");
    assertThat(command.request(Layout.CELLS))
        .isEqualTo(
            ListRequest.newBuilder()
                .setTarget(
                    Target.newBuilder()
                        .setKubeconfig("kc")
                        .setContext("lab")
                        .setNamespace("team-a")
                        .setAllNamespaces(true))
                .setKind("raycluster")
                .setLayout(Layout.CELLS)
                .setFreshness(Freshness.newBuilder().setLive(true).setMaxAgeMs(30_000))
                .setSelector("team=a")
                .build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--all", "--all-namespaces", "-A", "\u2013all", "--allNamespaces"})
  void all_namespaces_has_many_spellings(String option) {
    ListCommand command = parse(ListCommand.class, "list ray-cluster " + option);
    assertThat(command.request(Layout.CELLS).getTarget().getAllNamespaces()).isTrue();
  }

  @Test
  void a_bare_list_is_of_every_kind() {
    dev.muster.cli.everything.ListCommand command =
        parse(dev.muster.cli.everything.ListCommand.class, "list -n team-a");
    assertThat(command.request(Layout.RECORDS))
        .isEqualTo(
            ListRequest.newBuilder()
                .setTarget(TEAM_A)
                .setLayout(Layout.RECORDS)
                .setFreshness(Freshness.getDefaultInstance())
                .build());
  }

  @Test
  void a_get_of_a_manifest_says_so() {
    assertThat(parse(GetCommand.class, "get raycluster demo -n team-a -o manifest").request())
        .isEqualTo(
            GetRequest.newBuilder()
                .setTarget(TEAM_A)
                .setKind("raycluster")
                .setName("demo")
                .setFreshness(Freshness.getDefaultInstance())
                .setManifest(true)
                .build());
  }

  @Test
  void a_definition_has_its_settings_by_canonical_name_in_the_order_of_the_help() {
    DefineCommand command =
        parse(
            DefineCommand.class,
            "define raycluster demo -n team-a --gpu=0 --min-cpus 1 --max-cpus 2 --min-memory=3 --max_memory=4"
                    .replace("max_memory", "maxMemory")
                + " --labels a=b --label c=d --image ray:2 --numWorkers 3 --template small");
    assertThat(command.request())
        .isEqualTo(
            DefineRequest.newBuilder()
                .setTarget(TEAM_A)
                .setKind("raycluster")
                .setName("demo")
                .addSettings(setting("image", "ray:2"))
                .addSettings(setting("num-workers", "3"))
                .addSettings(setting("worker-cpu-requests", "1"))
                .addSettings(setting("worker-cpu-limits", "2"))
                .addSettings(setting("worker-memory-requests", "3"))
                .addSettings(setting("worker-memory-limits", "4"))
                .addSettings(setting("worker-gpus", "0"))
                .addSettings(setting("labels", "a=b", "c=d"))
                .setTemplate("small")
                .build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--gpu=1", "--gpus 1", "--num-gpus 1", "--worker-gpu 1", "--workerGpus=1"})
  void gpus_of_each_worker_have_many_names(String option) {
    assertThat(
            parse(DefineCommand.class, "define raycluster " + option).request().getSettingsList())
        .containsExactly(setting("worker-gpus", "1"));
  }

  @Test
  void one_word_for_requests_and_limits_gives_way_to_the_exact_one() {
    assertThat(
            parse(DefineCommand.class, "define raycluster --head-cpu 2 --head-cpu-limits 4")
                .request()
                .getSettingsList())
        .containsExactly(setting("head-cpu-limits", "4"), setting("head-cpu-requests", "2"));
  }

  @ParameterizedTest
  @CsvSource({
    "--enable-autoscaling, enable-autoscaling, true",
    "--enable_autoscaling=false, enable-autoscaling, false",
    "--enableGcsFt True, enable-gcs-ft, true",
    "--appwrapper, appwrapper, true",
    "--no-appwrapper, appwrapper, false",
    "--no-appwrapper=false, appwrapper, true",
    "--local-queue=, local-queue, ''",
    "--worker-group name=g2, additional-worker-groups, name=g2"
  })
  void every_field_is_sent_by_its_canonical_name(String typed, String name, String value) {
    assertThat(
            parse(DefineCommand.class, "define raycluster " + typed + " demo").request().toBuilder()
                .clearKind()
                .clearTarget()
                .build())
        .isEqualTo(
            DefineRequest.newBuilder().setName("demo").addSettings(setting(name, value)).build());
  }

  @Test
  void every_field_of_the_sdk_is_an_option_in_both_spellings() throws IOException {
    List<String> fields =
        Files.readAllLines(
                Path.of(
                    "../tests/realservers/samples/codeflare-sdk/ClusterConfiguration-fields.txt"))
            .stream()
            .filter(line -> line.matches("[a-z_]+: .*"))
            .map(line -> line.substring(0, line.indexOf(':')))
            .toList();

    assertThat(fields).hasSizeGreaterThan(30);
    for (String field : fields) {
      String value = field.matches("name|namespace") ? " demo" : "=true";
      assertThat(parse(DefineCommand.class, "define raycluster --" + field + value))
          .as(field)
          .isNotNull();
    }
  }

  @Test
  void a_create_by_place_reads_the_names_file() {
    assertThat(parse(CreateCommand.class, "create raycluster demo --dry-run").request())
        .isEqualTo(
            CreateRequest.newBuilder()
                .setTarget(Target.getDefaultInstance())
                .setKind("raycluster")
                .setName("demo")
                .setDryRun(true)
                .build());
  }

  @Test
  void a_create_by_option_defines_and_creates() {
    assertThat(parse(CreateCommand.class, "create raycluster --name demo --workers 2").request())
        .isEqualTo(
            CreateRequest.newBuilder()
                .setTarget(Target.getDefaultInstance())
                .setKind("raycluster")
                .setName("demo")
                .addSettings(setting("name", "demo"))
                .addSettings(setting("num-workers", "2"))
                .build());
  }

  @Test
  void a_create_from_a_file_names_it() {
    assertThat(parse(CreateCommand.class, "create raycluster -f x/demo.yaml").request().getFile())
        .isEqualTo("x/demo.yaml");
    assertThat(parse(CreateCommand.class, "create raycluster -f -").request().getFile()).isEmpty();
  }

  @Test
  void a_create_of_nothing_is_refused() {
    assertThatThrownBy(() -> parse(CreateCommand.class, "create raycluster").request())
        .isInstanceOf(CliFailure.class)
        .hasMessageStartingWith("'muster create raycluster' needs a name, a file (-f) or options");
  }

  @Test
  void a_file_and_options_do_not_go_together() {
    assertThatThrownBy(
            () -> parse(CreateCommand.class, "create raycluster -f x --image y").request())
        .isInstanceOf(CliFailure.class)
        .hasMessage("-f and options that describe a cluster do not go together");
  }

  @Test
  void two_different_names_are_refused() {
    assertThatThrownBy(() -> parse(DefineCommand.class, "define raycluster a --name b").request())
        .isInstanceOf(CliFailure.class)
        .hasMessage("two names are given, 'a' and --name 'b'; leave one out");
  }

  @Test
  void a_wait_has_a_goal_and_its_times() {
    assertThat(
            parse(
                    WaitCommand.class,
                    "wait raycluster demo --for running --timeout 10m --exists-within 5s")
                .request())
        .isEqualTo(
            WaitRequest.newBuilder()
                .setTarget(Target.getDefaultInstance())
                .setKind("raycluster")
                .setName("demo")
                .setGoal("RUNNING")
                .setTimeoutMs(600_000)
                .setExistsWithinMs(5_000)
                .build());
    assertThat(parse(WaitCommand.class, "wait raycluster demo").request().getGoal())
        .isEqualTo("ready");
    assertThat(parse(WaitCommand.class, "wait raycluster demo --for Deleted").request().getGoal())
        .isEqualTo("deleted");
  }

  @Test
  void a_goal_that_is_no_state_is_refused() {
    assertThatThrownBy(
            () -> parse(WaitCommand.class, "wait raycluster demo --for runing").request())
        .isInstanceOf(CliFailure.class)
        .hasMessageStartingWith("--for 'runing' is no state; did you mean 'RUNNING'?");
  }

  @Test
  void a_watch_may_be_of_one_or_of_all() {
    assertThat(parse(WatchCommand.class, "watch rayclusters -A").request())
        .isEqualTo(
            WatchRequest.newBuilder()
                .setTarget(Target.newBuilder().setAllNamespaces(true))
                .setKind("raycluster")
                .build());
  }

  @Test
  void a_delete_is_one_request_for_each_name() {
    assertThat(parse(DeleteCommand.class, "delete raycluster a b -n team-a -y").requests())
        .extracting(DeleteRequest::getName)
        .containsExactly("a", "b");
  }
}
