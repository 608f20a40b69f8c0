package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
        "lst|there is no command 'lst'; did you mean 'list'?",
        "frobnicate|there is no command 'frobnicate'",
        "frobnicate it|there is no command 'frobnicate'",
        "frobnicate list|there is no command 'frobnicate'"
      })
  void an_unknown_operation_is_answered_with_the_nearest_one_and_then_all(
      String line, String sentence) {
    String said = refusal(line);

    assertThat(said.lines()).hasSize(2).first().isEqualTo(sentence);
    assertThat(said.lines().skip(1).findFirst().orElseThrow())
        .startsWith("  there are: define, create, submit, ")
        .contains(", list, ", ", login, ")
        .endsWith(", version, help")
        .doesNotContain("raycluster")
        .hasSizeLessThan(500);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "delet raycluster x|there is no command 'delet'; did you mean 'delete'?|raycluster goes with: define, create, submit, get, ",
        "delet ray-clusters/x|there is no command 'delet'; did you mean 'delete'?|raycluster goes with: define, create, submit, get, ",
        "frobnicate lq|there is no command 'frobnicate'|localqueue goes with: get, list",
        "list rayclustr|there is no 'muster list rayclustr'; did you mean 'raycluster'?|'muster list' goes with: raycluster, appwrapper, job, rayjob, ",
        "scale rayjob x|there is no 'muster scale rayjob'|'muster scale' goes with: raycluster, appwrapper",
        "scale rayjob/x|there is no 'muster scale rayjob/x'|'muster scale' goes with: raycluster, appwrapper",
        "daemon zzz|there is no 'muster daemon zzz'|'muster daemon' goes with: status, start, stop, restart, log",
        "rayclusters lits|there is no 'muster rayclusters lits'; did you mean 'list'?|'muster raycluster' goes with: define, create, "
      })
  void an_unknown_second_word_is_answered_with_those_that_the_first_takes(
      String line, String sentence, String list) {
    String said = refusal(line);

    assertThat(said.lines()).hasSize(2).first().isEqualTo(sentence);
    assertThat(said.lines().skip(1).findFirst().orElseThrow()).startsWith("  " + list);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "create|'muster create' needs another word: raycluster, appwrapper, workergroup, job, rayjob",
        "-n x|there is no command in front of '-n'; see 'muster --help'"
      })
  void a_word_that_is_missing_is_said(String line, String sentence) {
    assertThat(refusal(line)).isEqualTo(sentence);
  }

  private static String refusal(String line) {
    CliFailure failure =
        catchThrowableOfType(CliFailure.class, () -> Resolution.of(line.split(" ")));
    assertThat(failure.code()).isEqualTo(ExitCode.USAGE);
    return failure.getMessage();
  }

  @Test
  void help_on_a_word_needs_no_command() {
    assertThat(Resolution.of("create", "--help")).extracting(Resolution::word).isEqualTo("create");
    assertThat(Resolution.of("rayclusters", "-h").word()).isEqualTo("raycluster");
    assertThat(Resolution.of("--help").word()).isEmpty();
    assertThat(Resolution.of().entry()).isNull();
  }
}
