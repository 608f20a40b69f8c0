package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolutionTest {
  @ParameterizedTest
  @CsvSource({
    "list raycluster -A, muster list raycluster",
    "list ray-clusters, muster list raycluster",
    "list clusters, muster list raycluster",
    "list lq, muster list localqueue",
    "get workload-priority-classes, muster get workloadpriorityclass",
    "details app-wrapper x, muster details appwrapper",
    "submit raycluster demo, muster submit raycluster",
    "history --since 1h, muster history",
    "history raycluster demo, muster history raycluster",
    "raycluster list, muster list raycluster",
    "list -A, muster list",
    "list, muster list",
    "--context lab list raycluster, muster list raycluster",
    "daemon status, muster daemon status",
    "status daemon, muster daemon status",
    "sandbox up --speed 3, muster sandbox up",
    "version --client, muster version",
    "--version, muster version",
    "help exit-codes, muster help",
    "delete raycluster/demo, muster delete raycluster",
    "get ray-clusters/demo, muster get raycluster",
    "status raycluster.ray.io/demo, muster status raycluster",
    "delete rayservice/x -y, muster delete rayservice",
    "submit job train, muster submit job",
    "job submit train, muster submit job",
    "job delete train, muster delete job",
    "list jobs, muster list job",
    "cancel job train, muster cancel job",
    "delete job/demo/train, muster delete job",
    "session raycluster/demo, muster session raycluster",
    "get token demo, muster get token"
  })
  void the_first_words_name_a_command(String line, String path) {
    assertThat(Resolution.of(line.split(" ")).entry().path()).isEqualTo(path);
  }

  @Test
  void a_type_and_a_name_may_be_one_word() {
    assertThat(Resolution.of("get", "raycluster/demo", "-o", "json").rest())
        .containsExactly("demo", "-o", "json");
    assertThat(Resolution.of("get", "workergroup/demo/gpu").rest()).containsExactly("demo/gpu");
  }

  @Test
  void options_before_the_verb_go_to_the_command() {
    assertThat(Resolution.of("--context", "lab", "-v", "list", "raycluster", "-A").rest())
        .containsExactly("-A", "--context", "lab", "-v");
  }

  @Test
  void options_before_the_verb_stay_in_front_of_another_programs_words() {
    assertThat(Resolution.of("-n", "a", "submit", "job", "--", "ls", "-n").rest())
        .containsExactly("-n", "a", "--", "ls", "-n");
  }

  @Test
  void of_jobs_the_manuals_spelling_without_dashes_is_understood() {
    assertThat(
            Resolution.of(
                    "job", "submit", "x", "cluster-name=demo", "namespace=a", "--", "namespace=b")
                .rest())
        .containsExactly("x", "--cluster-name=demo", "--namespace=a", "--", "namespace=b");
    assertThat(Resolution.of("list", "rayjob", "namespace=a").rest())
        .containsExactly("namespace=a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "lst|there is no command 'lst'; did you mean 'list'? See 'muster help'",
        "delet raycluster x|there is no command 'delet'; did you mean 'delete'? See 'muster help'",
        "scale rayjob x|there is no 'muster scale rayjob', only 'scale raycluster', 'scale appwrapper'",
        "explian raycluster x|there is no command 'explian'; did you mean 'explain'? See 'muster help'",
        "frobnicate|there is no command 'frobnicate'; see 'muster help'",
        "list rayclustr|there is no 'muster list rayclustr'; did you mean 'raycluster'?",
        "daemon zzz|there is no 'muster daemon zzz', only 'daemon status', 'daemon start', 'daemon stop', 'daemon restart', 'daemon log'",
        "create|'muster create' needs another word: raycluster, appwrapper, workergroup, job, rayjob",
        "scale rayjob/x|there is no 'muster scale rayjob/x', only 'scale raycluster', 'scale appwrapper'",
        "-n x|there is no command in front of '-n'; see 'muster --help'"
      })
  void what_names_none_is_said_with_the_nearest_right_one(String line, String sentence) {
    assertThatThrownBy(() -> Resolution.of(line.split(" ")))
        .isInstanceOfSatisfying(
            CliFailure.class, e -> assertThat(e.code()).isEqualTo(ExitCode.USAGE))
        .hasMessage(sentence);
  }

  @Test
  void help_on_a_word_needs_no_command() {
    assertThat(Resolution.of("create", "--help")).extracting(Resolution::word).isEqualTo("create");
    assertThat(Resolution.of("rayclusters", "-h").word()).isEqualTo("raycluster");
    assertThat(Resolution.of("--help").word()).isEmpty();
    assertThat(Resolution.of().entry()).isNull();
  }
}
