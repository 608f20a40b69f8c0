package dev.muster.daemon.ray.workdir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreFileTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *.log         | a.log         | yes
          *.log         | d/a.log       | yes
          *.log         | a.logs        | no
          /a            | a             | yes
          /a            | d/a           | no
          d/a           | d/a           | yes
          d/a           | e/d/a         | no
          build/        | build/        | yes
          build/        | build         | no
          build/        | d/build/      | yes
          **/x          | x             | yes
          **/x          | a/b/x         | yes
          a/**/x        | a/x           | yes
          a/**/x        | a/b/c/x       | yes
          a/**          | a/b           | yes
          a/**          | a/            | no
          **            | a             | yes
          a**b/c        | axb/c         | yes
          a**b/c        | a/b/c         | no
          d/**x/y       | d/ax/y        | yes
          a?c           | abc           | yes
          d/a?c         | d/a/c         | no
          [ab].txt      | a.txt         | yes
          [!ab].txt     | a.txt         | no
          [^ab].txt     | c.txt         | yes
          [a-c]x        | bx            | yes
          [a-c]x        | -x            | no
          [a-]x         | -x            | yes
          [-a]x         | -x            | yes
          []a]x         | ]x            | yes
          [[:digit:]]x  | 7x            | yes
          [[:digit:]]x  | ax            | no
          [[:nope:]]x   | :x            | no
          [a\\]]x       | ]x            | yes
          [ab           | a             | no
          [a\\          | a             | no
          a\\           | a             | no
          \\#x          | #x            | yes
          #x            | #x            | no
          \\!x          | !x            | yes
          a\\*b         | a*b           | yes
          a\\*b         | axb           | no
          a.b+(c)       | a.b+(c)       | yes
          *             | .hidden       | yes
          /             | a             | no
          d/*           | d/a           | yes
          d/*           | d/a/b         | no
          """)
  void patterns_match_as_git_says(String pattern, String path, String ignored) {
    boolean directory = path.endsWith("/");
    String name = directory ? path.substring(0, path.length() - 1) : path;
    IgnoreFile file = IgnoreFile.of(List.of(pattern.strip().replace("\\\\", "\\")));

    assertThat(file.ignores(name, directory).orElse(false)).isEqualTo(ignored.equals("yes"));
  }

  @Test
  void the_last_rule_that_matches_decides() {
    IgnoreFile file = IgnoreFile.of(Arrays.asList("*.log", "!keep.log", "", "# a comment"));

    assertThat(file.ignores("a.log", false)).contains(true);
    assertThat(file.ignores("keep.log", false)).contains(false);
    assertThat(file.ignores("a.txt", false)).isEqualTo(Optional.empty());
  }

  @Test
  void trailing_spaces_count_only_behind_a_backslash() {
    assertThat(IgnoreFile.of(List.of("a  ")).ignores("a", false)).contains(true);
    assertThat(IgnoreFile.of(List.of("a\\ ")).ignores("a ", false)).contains(true);
  }
}
