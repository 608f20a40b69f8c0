package dev.muster.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cli.CliFailure;
import dev.muster.cli.Muster;
import dev.muster.cli.resource.DeleteCommand;
import dev.muster.cli.resource.GetCommand;
import dev.muster.cli.resource.HistoryCommand;
import dev.muster.cli.resource.ListCommand;
import dev.muster.cli.resource.StatusCommand;
import dev.muster.cli.resource.WaitCommand;
import dev.muster.v1.DefineRequest;
import dev.muster.v1.DeleteRequest;
import dev.muster.v1.Layout;
import dev.muster.v1.LogsRequest;
import dev.muster.v1.Match;
import dev.muster.v1.Setting;
import dev.muster.v1.SubmitRequest;
import dev.muster.v1.Target;
import dev.muster.v1.WaitRequest;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of the daemon about jobs, for what is typed. */
class JobRequestsTest {
  private static final Target TEAM_A = Target.newBuilder().setNamespace("team-a").build();

  private static <T> T parse(Class<T> command, String line) {
    return command.cast(Muster.parse(line.split(" ")));
  }

  private static Setting setting(String name, String... values) {
    return Setting.newBuilder().setName(name).addAllValues(List.of(values)).build();
  }

  private static Match match(String column, String value) {
    return Match.newBuilder().setColumn(column).setValue(value).build();
  }

  @Test
  void a_command_is_sent_word_by_word_with_every_option() {
    assertThat(
            parse(
                    SubmitCommand.class,
                    "submit job train -n team-a --cluster-name demo -w src --runtime-env r.yaml"
                        + " --runtime-env-json {} --env A=1 --env B=2 --pip x --metadata k=v"
                        + " --metadata-json {} --submission-id id --entrypoint-num-cpus 1"
                        + " --entrypoint-num-gpus 2 --entrypoint-memory 3 --entrypoint-resources {}"
                        + " --address http://a --headers {} --verify false --image i --scheduler ray --cpu 4"
                        + " --wait-cluster"
                        + " --dry-run -- python a.py --lr 1 -- x")
                .request())
        .isEqualTo(
            SubmitRequest.newBuilder()
                .setTarget(TEAM_A)
                .setKind("job")
                .setName("train")
                .addSettings(setting("cluster-name", "demo"))
                .addSettings(setting("scheduler", "ray"))
                .addSettings(setting("working-dir", "src"))
                .addSettings(setting("runtime-env", "r.yaml"))
                .addSettings(setting("runtime-env-json", "{}"))
                .addSettings(setting("env", "A=1", "B=2"))
                .addSettings(setting("pip", "x"))
                .addSettings(setting("metadata-json", "{}"))
                .addSettings(setting("submission-id", "id"))
                .addSettings(setting("entrypoint-num-cpus", "1"))
                .addSettings(setting("entrypoint-num-gpus", "2"))
                .addSettings(setting("entrypoint-resources", "{}"))
                .addSettings(setting("entrypoint-memory", "3"))
                .addSettings(setting("address", "http://a"))
                .addSettings(setting("headers", "{}"))
                .addSettings(setting("verify", "false"))
                .addSettings(setting("wait-cluster", "true"))
                .addSettings(setting("metadata", "k=v"))
                .addSettings(setting("image", "i"))
                .addSettings(setting("cpu", "4"))
                .addAllCommand(List.of("python", "a.py", "--lr", "1", "--", "x"))
                .setDryRun(true)
                .build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "submit job train --cluster-name demo",
        "job submit train --ray-cluster=demo",
        "jobs submit train cluster-name=demo",
        "submit job --name train --clusterName demo"
      })
  void a_definition_is_named_in_either_word_order(String line) {
    assertThat(parse(SubmitCommand.class, line).request())
        .isEqualTo(
            SubmitRequest.newBuilder()
                .setTarget(Target.getDefaultInstance())
                .setKind("job")
                .setName("train")
                .addSettings(setting("cluster-name", "demo"))
                .build());
  }

  @Test
  void a_file_is_named_and_standard_input_is_not() {
    assertThat(parse(SubmitCommand.class, "submit job -f x.job.yaml").request().getFile())
        .isEqualTo("x.job.yaml");
    assertThat(parse(SubmitCommand.class, "submit job -f -").request().getFile()).isEmpty();
  }

  @Test
  void a_submission_of_nothing_is_refused() {
    assertThatThrownBy(() -> parse(SubmitCommand.class, "submit job -w .").request())
        .isInstanceOf(CliFailure.class)
        .hasMessage(
            "'muster submit job' needs a name, a file (-f), or a command behind --; see 'muster submit job --help'");
    assertThatThrownBy(() -> parse(SubmitCommand.class, "submit job x --"))
        .isInstanceOf(CliFailure.class)
        .hasMessage("there is no command behind '--'");
  }

  @Test
  void a_definition_takes_the_words_of_the_ddp_component() {
    assertThat(
            parse(
                    DefineCommand.class,
                    "define job --name train --script a.py --m mod --script-args x --cpu 1 --gpu 2"
                        + " --memMB 3 --h big --j 2x4 --env A=1 --max-retries 5 --mounts m"
                        + " --rdzv-port 6 --rdzv-backend c10d --scheduler-args k=v --image i"
                        + " --workspace w --local-queue= --template t --scheduler kubernetes --cluster-name demo")
                .request())
        .isEqualTo(
            DefineRequest.newBuilder()
                .setTarget(Target.getDefaultInstance())
                .setKind("job")
                .setName("train")
                .addSettings(setting("script", "a.py"))
                .addSettings(setting("m", "mod"))
                .addSettings(setting("script-args", "x"))
                .addSettings(setting("cpu", "1"))
                .addSettings(setting("gpu", "2"))
                .addSettings(setting("mem-mb", "3"))
                .addSettings(setting("h", "big"))
                .addSettings(setting("j", "2x4"))
                .addSettings(setting("max-retries", "5"))
                .addSettings(setting("mounts", "m"))
                .addSettings(setting("rdzv-port", "6"))
                .addSettings(setting("rdzv-backend", "c10d"))
                .addSettings(setting("scheduler-args", "k=v"))
                .addSettings(setting("workspace", "w"))
                .addSettings(setting("local-queue", ""))
                .addSettings(setting("env", "A=1"))
                .addSettings(setting("image", "i"))
                .addSettings(setting("scheduler", "kubernetes"))
                .addSettings(setting("cluster-name", "demo"))
                .setTemplate("t")
                .build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          list jobs -c demo -n team-a | RAYCLUSTER | demo
          list job --cluster-name demo -n team-a | RAYCLUSTER | demo
          list job cluster-name=demo namespace=team-a | RAYCLUSTER | demo
          list job --kube-mcad-scheduler-only -n team-a | SCHEDULER | kubernetes
          list rayjob -c demo -n team-a | RAYCLUSTER | demo
          """)
  void a_list_may_be_of_one_cluster_or_one_scheduler(String line, String column, String value) {
    ListCommand command = parse(ListCommand.class, line);
    assertThat(command.request(Layout.CELLS).getMatchesList())
        .containsExactly(match(column, value));
    assertThat(command.request(Layout.CELLS).getTarget()).isEqualTo(TEAM_A);
  }

  @Test
  void a_job_is_named_with_its_cluster_by_an_option_or_in_one_word() {
    assertThat(parse(StatusCommand.class, "status job train --cluster-name demo").request())
        .isEqualTo(parse(StatusCommand.class, "status job demo/train").request())
        .isEqualTo(parse(StatusCommand.class, "job status train cluster-name=demo").request())
        .extracting(request -> request.getName())
        .isEqualTo("demo/train");
    assertThat(parse(GetCommand.class, "get job train -c demo").request().getName())
        .isEqualTo("demo/train");
    assertThat(
            parse(HistoryCommand.class, "history job train --cluster-name demo")
                .request(Clock.systemUTC())
                .getName())
        .isEqualTo("demo/train");
    assertThat(parse(LogsCommand.class, "logs job train --cluster-name demo").request().getName())
        .isEqualTo("demo/train");
    assertThat(
            parse(DeleteCommand.class, "delete job train demo/other rayjob/x --cluster-name demo")
                .requests())
        .extracting(DeleteRequest::getKind, DeleteRequest::getName)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("job", "demo/train"),
            org.assertj.core.groups.Tuple.tuple("job", "demo/other"),
            org.assertj.core.groups.Tuple.tuple("rayjob", "x"));
  }

  @Test
  void a_cluster_is_not_named_twice_or_without_a_job() {
    assertThatThrownBy(
            () -> parse(StatusCommand.class, "status job a/b --cluster-name demo").request())
        .hasMessage("'a/b' names its cluster; leave --cluster-name out");
    assertThatThrownBy(
            () ->
                parse(HistoryCommand.class, "history job --cluster-name demo")
                    .request(Clock.systemUTC()))
        .hasMessage("--cluster-name is for one name here, which is missing");
    assertThatThrownBy(
            () -> parse(GetCommand.class, "get job x --kube-mcad-scheduler-only").request())
        .hasMessageStartingWith("a name says which one");
  }

  @Test
  void a_wait_for_a_job_is_for_its_success() {
    assertThat(parse(WaitCommand.class, "wait job train --timeout 1m").request())
        .isEqualTo(
            WaitRequest.newBuilder()
                .setTarget(Target.getDefaultInstance())
                .setKind("job")
                .setName("train")
                .setGoal("SUCCEEDED")
                .setTimeoutMs(60_000)
                .build());
    assertThat(parse(WaitCommand.class, "wait rayjob x --for running").request().getGoal())
        .isEqualTo("RUNNING");
  }

  @Test
  void a_log_may_be_asked_for_in_parts() {
    assertThat(
            parse(
                    LogsCommand.class,
                    "logs job train -f --since 10m --tail 0 --rank 1 --pod p -n team-a")
                .request())
        .isEqualTo(
            LogsRequest.newBuilder()
                .setTarget(TEAM_A)
                .setKind("job")
                .setName("train")
                .setFollow(true)
                .setSinceMs(600_000)
                .setTail(0)
                .setRank(1)
                .setPod("p")
                .build());
    assertThat(parse(LogsCommand.class, "logs job train").request().hasTail()).isFalse();
    assertThatThrownBy(() -> parse(LogsCommand.class, "logs job x --tail -1").request())
        .hasMessage("--tail -1 is less than none");
  }
}
