package dev.muster.truth.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanTest {
  @Test
  void the_same_seed_makes_the_same_decisions() {
    assertThat(decisions(7, 0)).isEqualTo(decisions(7, 0));
  }

  @Test
  void another_seed_makes_others() {
    assertThat(decisions(7, 0)).isNotEqualTo(decisions(8, 0));
  }

  @Test
  void two_writers_decide_differently() {
    assertThat(decisions(7, 0)).isNotEqualTo(decisions(7, 1));
  }

  @Test
  void every_kind_of_write_is_decided_on_both_ways() {
    List<Decision> decisions = decisions(7, 0);

    for (Decision.What what : Decision.What.values()) {
      assertThat(decisions)
          .anyMatch(d -> d.what() == what && d.own())
          .anyMatch(d -> d.what() == what && !d.own());
    }
  }

  @Test
  void names_are_those_that_readers_ask_for() {
    assertThat(decisions(7, 2)).allMatch(d -> Plan.names().contains(d.name()));
  }

  private static List<Decision> decisions(long seed, int writer) {
    Plan plan = new Plan(seed, writer);
    return Stream.generate(plan::next).limit(500).toList();
  }
}
