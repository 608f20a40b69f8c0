package dev.muster.daemon.kubernetes.define;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShellWordsTest {
  @Test
  void a_line_is_split_as_a_shell_splits_it() {
    assertThat(ShellWords.split("  a 'b c' \"d \\\" e\" f\\ g '\\' '' h\\").orElseThrow())
        .containsExactly("a", "b c", "d \" e", "f g", "\\", "", "h\\");
    assertThat(ShellWords.split("")).hasValue(List.of());
    assertThat(ShellWords.split("a \"b")).isEmpty();
  }

  @Test
  void what_is_joined_is_split_into_the_same_words() {
    List<String> words = List.of("plain-1.0", "two words", "it's", "", "$HOME", "a\nb");

    assertThat(ShellWords.split(ShellWords.line(words))).hasValue(words);
    assertThat(ShellWords.line(List.of("plain-1.0", "$HOME"))).isEqualTo("plain-1.0 '$HOME'");
  }
}
