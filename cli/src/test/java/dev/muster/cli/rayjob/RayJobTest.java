package dev.muster.cli.rayjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cli.CliFailure;
import dev.muster.cli.CommandLines;
import dev.muster.cli.Muster;
import dev.muster.v1.Setting;
import dev.muster.v1.SubmitRequest;
import dev.muster.v1.Target;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RayJobTest {
  private static <T> T parse(Class<T> command, String line) {
    return command.cast(Muster.parse(line.split(" ")));
  }

  private static Setting setting(String name, String... values) {
    return Setting.newBuilder().setName(name).addAllValues(List.of(values)).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"submit", "create"})
  void a_ray_job_has_its_own_options_and_its_clusters(String verb) {
    assertThat(
            parse(
                    SubmitCommand.class,
                    verb
                        + " rayjob nightly --cluster-name demo --ttl-seconds-after-finished 60"
                        + " --active-deadline-seconds 9 --backoff-limit 1 --submission-mode HTTPMode"
                        + " --shutdown-after-job-finishes --suspend --template t --priority-class high --env A=1 --envs B=2"
                        + " --local-queue q --labels a=b --worker-cpu 2 -w . -- python job.py")
                .request())
        .isEqualTo(
            SubmitRequest.newBuilder()
                .setTarget(Target.getDefaultInstance())
                .setKind("rayjob")
                .setName("nightly")
                .addSettings(setting("cluster-name", "demo"))
                .addSettings(setting("ttl-seconds-after-finished", "60"))
                .addSettings(setting("active-deadline-seconds", "9"))
                .addSettings(setting("backoff-limit", "1"))
                .addSettings(setting("submission-mode", "HTTPMode"))
                .addSettings(setting("shutdown-after-job-finishes", "true"))
                .addSettings(setting("suspend", "true"))
                .addSettings(setting("priority-class", "high"))
                .addSettings(setting("working-dir", "."))
                .addSettings(setting("env", "A=1"))
                .addSettings(setting("labels", "a=b"))
                .addSettings(setting("envs", "B=2"))
                .addSettings(setting("local-queue", "q"))
                .addSettings(setting("worker-cpu-requests", "2"))
                .addSettings(setting("worker-cpu-limits", "2"))
                .addSettings(setting("template", "t"))
                .addAllCommand(List.of("python", "job.py"))
                .build());
  }

  @Test
  void what_to_run_may_be_an_option_or_in_a_file() {
    assertThat(
            parse(SubmitCommand.class, "submit rayjob --entrypoint ls").request().getSettingsList())
        .containsExactly(setting("entrypoint", "ls"));
    assertThat(parse(SubmitCommand.class, "submit rayjob --filename j.yaml").request().getFile())
        .isEqualTo("j.yaml");
    assertThatThrownBy(() -> parse(SubmitCommand.class, "create rayjob --num-workers 2").request())
        .isInstanceOf(CliFailure.class)
        .hasMessageStartingWith("'muster create rayjob' needs a name, a file (-f), or a command");
  }

  @Test
  void its_cluster_is_in_no_app_wrapper() {
    assertThatThrownBy(() -> parse(SubmitCommand.class, "submit rayjob x --appwrapper -- ls"))
        .isInstanceOf(CliFailure.class)
        .hasMessageStartingWith("'muster submit rayjob' has no option '--appwrapper'");
  }

  @Test
  void a_definition_has_the_command_as_its_entrypoint() {
    assertThat(
            parse(DefineCommand.class, "define rayjob x --num-workers 2 -- python a.py it's $HOME")
                .request()
                .getSettingsList())
        .containsExactly(
            setting("num-workers", "2"), setting("entrypoint", "python a.py 'it'\\''s' '$HOME'"));
    assertThat(
            parse(DefineCommand.class, "define rayjob x --cluster-name demo")
                .request()
                .getSettingsList())
        .containsExactly(setting("cluster-name", "demo"));
    assertThat(CommandLines.joined(List.of("a && b"))).isEqualTo("a && b");
  }
}
