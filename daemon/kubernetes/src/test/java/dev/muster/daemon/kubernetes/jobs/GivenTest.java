package dev.muster.daemon.kubernetes.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GivenTest {
  @Test
  void the_last_of_several_values_counts_where_one_is_meant() {
    Given given = new Given(Map.of("a", List.of("1", "2"), "b", List.of()));

    assertThat(given.one("a")).isEqualTo("2");
    assertThat(given.maybe("b")).isEmpty();
    assertThat(given.all("c")).isEmpty();
  }

  @Test
  void a_flag_is_set_unless_it_says_false() {
    Given given = new Given(Map.of("a", List.of(""), "b", List.of("false")));

    assertThat(given.flag("a")).isTrue();
    assertThat(given.flag("b")).isFalse();
    assertThat(given.flag("c")).isFalse();
  }

  @Test
  void pairs_have_a_name_and_a_value_that_no_message_repeats() {
    assertThat(new Given(Map.of("env", List.of("A=b=c", "D="))).pairs("env"))
        .containsExactly(Map.entry("A", "b=c"), Map.entry("D", ""));
    assertThatThrownBy(() -> new Given(Map.of("env", List.of("canary"))).pairs("env"))
        .hasMessage("--env: write NAME=VALUE.");
  }

  @Test
  void what_has_no_effect_is_refused() {
    Given given = new Given(Map.of("a", List.of("1"), "b", List.of("1"), "c", List.of()));

    given.only(Set.of("a", "b"), "it");
    assertThatThrownBy(() -> given.only(Set.of("a"), "a job"))
        .hasMessage("--b does not go with a job.");
  }

  @Test
  void a_command_of_one_word_is_a_line_and_several_words_are_quoted() {
    assertThat(ShellLine.of(List.of("echo $A; ls"))).isEqualTo("echo $A; ls");
    assertThat(ShellLine.of(List.of("echo", "a b", "it's"))).isEqualTo("echo 'a b' 'it'\"'\"'s'");
  }

  @Test
  void a_line_gets_a_shell_where_words_are_wanted() {
    assertThat(ShellLine.words(List.of("echo $A; ls"))).containsExactly("sh", "-c", "echo $A; ls");
    assertThat(ShellLine.words(List.of("true"))).containsExactly("true");
    assertThat(ShellLine.words(List.of("echo", "a b"))).containsExactly("echo", "a b");
  }
}
