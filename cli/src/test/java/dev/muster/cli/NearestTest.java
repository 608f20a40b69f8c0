package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> KNOWN = List.of("--namespace", "--name", "--num-workers");

  @Test
  void a_slip_finds_its_word() {
    assertThat(Nearest.to("--nmaespace", KNOWN)).contains("--namespace");
    assertThat(Nearest.to("--num-worker", KNOWN)).contains("--num-workers");
    assertThat(Nearest.to("--namesp", KNOWN)).contains("--namespace");
  }

  @Test
  void something_else_finds_none() {
    assertThat(Nearest.to("--frobnicate", KNOWN)).isEmpty();
    assertThat(Nearest.hint("x", KNOWN)).isEmpty();
  }

  @Test
  void swapped_neighbours_are_one_slip() {
    assertThat(Nearest.distance("lsit", "list")).isEqualTo(1);
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
  }
}
