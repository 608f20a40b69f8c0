package dev.muster.daemon.sandbox.controllers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1000m, 1",
    "1500m, 1500m",
    "0.5, 500m",
    "2Gi, 2Gi",
    "1024Mi, 1Gi",
    "1536Mi, 1536Mi",
    "1.5Gi, 1536Mi",
    "1k, 1k",
    "1000, 1k",
    "1e3, 1k",
    "5E, 5E",
    "0, 0",
    "0Gi, 0",
    "128u, 128u",
    "1n, 1n",
    "1E-3, 1m"
  })
  void quantities_have_a_canonical_form(String written, String canonical) {
    assertThat(Quantity.parse(written)).hasToString(canonical);
  }

  @Test
  void a_sum_is_written_as_its_first_part() {
    Quantity memory = Quantity.parse("2Gi").plus(Quantity.parse("2Gi").times(2));
    assertThat(memory).hasToString("6Gi");
    assertThat(Quantity.ZERO.plus(Quantity.parse("512Mi"))).hasToString("512Mi");
    assertThat(Quantity.parse("500m").plus(Quantity.parse("1"))).hasToString("1500m");
  }

  @Test
  void what_is_none_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantity.parse("two"))
        .withMessage("\"two\" is no quantity");
  }
}
