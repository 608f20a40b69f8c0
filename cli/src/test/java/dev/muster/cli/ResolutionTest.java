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
    "raycluster list, muster list raycluster",
    "list -A, muster list",
    "list, muster list",
    "--context lab list raycluster, muster list raycluster",
    "daemon status, muster daemon status",
    "status daemon, muster daemon status",
    "sandbox up --speed 3, muster sandbox up",
    "version --client, muster version",
    "--version, muster version",
    "help exit-codes, muster help"
  })
  void the_first_words_name_a_command(String line, String path) {
    assertThat(Resolution.of(line.split(" ")).entry().path()).isEqualTo(path);
  }

  @Test
  void options_before_the_verb_go_to_the_command() {
    assertThat(Resolution.of("--context", "lab", "-v", "list", "raycluster", "-A").rest())
        .containsExactly("-A", "--context", "lab", "-v");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "lst|there is no command 'lst'; did you mean 'list'?",
        "delet raycluster x|there is no command 'delet'; did you mean 'delete'?",
        "frobnicate|there is no command 'frobnicate'; see 'muster --help'",
        "list rayclustr|there is no 'muster list rayclustr'; did you mean 'raycluster'?",
        "daemon zzz|there is no 'muster daemon zzz', only 'daemon status', 'daemon start', 'daemon stop', 'daemon restart', 'daemon log'",
        "create|'muster create' needs another word: raycluster",
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
