package dev.muster.daemon.kubernetes.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnifiedDiffTest {
  private static String diff(String old, String now) {
    return UnifiedDiff.of("a", "b", lines(old), lines(now));
  }

  private static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(""));
  }

  @Test
  void equal_texts_have_no_difference() {
    assertThat(diff("abc", "abc")).isEmpty();
  }

  @Test
  void a_change_has_three_lines_of_context() {
    assertThat(diff("12345x6789", "12345y6789"))
        .isEqualTo("--- a\n+++ b\n@@ -3,7 +3,7 @@\n 3\n 4\n 5\n-x\n+y\n 6\n 7\n 8\n");
  }

  @Test
  void changes_far_apart_are_in_hunks_of_their_own() {
    assertThat(diff("x123456789y", "123456789"))
        .isEqualTo(
            "--- a\n+++ b\n@@ -1,4 +1,3 @@\n-x\n 1\n 2\n 3\n@@ -8,4 +7,3 @@\n 7\n 8\n 9\n-y\n");
  }

  @Test
  void something_new_begins_at_nothing() {
    assertThat(diff("", "ab")).isEqualTo("--- a\n+++ b\n@@ -0,0 +1,2 @@\n+a\n+b\n");
  }
}
