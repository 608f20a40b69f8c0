package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "raycluster",
        "rayclusters",
        "ray-cluster",
        "ray-clusters",
        "RayCluster",
        "ray_cluster"
      })
  void a_noun_is_the_same_in_any_spelling(String typed) {
    assertThat(Words.noun(typed)).isEqualTo("raycluster");
  }

  @Test
  void camel_case_options_are_kebab_case_ones_and_their_values_stay() {
    assertThat(Words.options("--numWorkers=2", "--headCPU=aB", "--name", "MyName", "-A"))
        .containsExactly("--num-workers=2", "--head-cpu=aB", "--name", "MyName", "-A");
  }

  @Test
  void underscores_in_an_option_are_hyphens() {
    assertThat(Words.options("--head_cpu_requests=a_b", "--min_cpus", "a_b"))
        .containsExactly("--head-cpu-requests=a_b", "--min-cpus", "a_b");
  }

  @Test
  void a_dash_from_a_word_processor_is_two_hyphens() {
    assertThat(Words.options("\u2013all", "\u2014all", "\ufffd\ufffd\ufffdall"))
        .containsExactly("--all", "--all", "--all");
  }

  @Test
  void what_follows_two_hyphens_is_left_alone() {
    assertThat(Words.options("--", "--numWorkers")).containsExactly("--", "--numWorkers");
  }
}
