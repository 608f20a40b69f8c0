package dev.muster.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "2x", "1.5.2", "Gi", "1 Gi", "0x10", "1K", "1gi", "--1", "1e", "NaN"})
  void what_is_no_quantity(String text) {
    assertThat(Quantity.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"500m,500m", "2,2", "1.5,1500m", "1e3,1000", "2k,2000", ".5,500m", "100u,1m", "5.,5"})
  void cores_are_printed_plainly(String text, String printed) {
    assertThat(Quantity.parse(text).orElseThrow().plain()).isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource({
    "6Gi,6Gi",
    "8G,8G",
    "1024Mi,1Gi",
    "1536Mi,1536Mi",
    "0,0",
    "1500M,1500M",
    "1001,1001",
    "1000,1k"
  })
  void bytes_are_printed_in_the_largest_whole_unit(String text, String printed) {
    assertThat(Quantity.parse(text).orElseThrow().bytes()).isEqualTo(printed);
  }

  @Test
  void quantities_are_numbers() {
    Quantity one = Quantity.parse("1").orElseThrow();

    assertThat(one).isGreaterThan(Quantity.parse("999m").orElseThrow());
    assertThat(one.plus(one).times(3).plain()).isEqualTo("6");
    assertThat(Quantity.parse("1200m").orElseThrow().ceiling()).isEqualTo(2);
  }

  @Test
  void the_nearest_names_come_first() {
    assertThat(Nearest.to("prodd", java.util.List.of("staging", "prod", "prod-2", "dev")))
        .containsExactly("prod", "prod-2");
    assertThat(Nearest.to("zzz", java.util.List.of("staging"))).isEmpty();
  }
}
