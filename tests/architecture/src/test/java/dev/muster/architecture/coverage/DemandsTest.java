package dev.muster.architecture.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DemandsTest {
  @Test
  void the_five_seeds_number_168_demands() {
    List<String> numbered =
        Demands.ids().stream().filter(id -> id.matches("(CF|SDK|FL|DF|PA)-\\d+")).toList();

    assertThat(numbered)
        .hasSize(168)
        .doesNotHaveDuplicates()
        .contains("CF-1", "CF-32", "SDK-26", "FL-36", "DF-28", "PA-46");
  }

  @Test
  void what_goes_beyond_them_is_listed_where_it_is_a_must_or_is_met() {
    assertThat(Demands.ids())
        .hasSize(168 + 47)
        .doesNotHaveDuplicates()
        .contains("CFU-1", "SDKU-12", "SDKU-16", "KU-9", "FLU-15", "DFU-7", "PAU-5", "PA-S")
        .doesNotContain("CFU-5", "SDKU-1", "KU-7", "DFU-9");
  }
}
