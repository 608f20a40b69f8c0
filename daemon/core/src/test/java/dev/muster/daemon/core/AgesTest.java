package dev.muster.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgesTest {
  @ParameterizedTest
  @CsvSource({
    "PT-5S, 0s",
    "PT0S, 0s",
    "PT5S, 5s",
    "PT119S, 119s",
    "PT2M, 2m",
    "PT3M12S, 3m12s",
    "PT9M59S, 9m59s",
    "PT10M1S, 10m",
    "PT179M, 179m",
    "PT3H, 3h",
    "PT7H59M, 7h59m",
    "PT8H1M, 8h",
    "PT47H, 47h",
    "PT48H, 2d",
    "PT49H, 2d1h",
    "P7DT23H, 7d23h",
    "P8DT1H, 8d",
    "P729D, 729d",
    "P730D, 2y",
    "P731D, 2y1d",
    "P2920D, 8y",
    "P3300D, 9y",
  })
  void an_age_is_written_as_kubectl_writes_it(Duration age, String text) {
    assertThat(Ages.of(age)).isEqualTo(text);
  }

  @Test
  void an_age_is_the_time_between_two() {
    assertThat(Ages.between(Rows.NOON, Rows.NOON.plusSeconds(5))).isEqualTo("5s");
    assertThat(Ages.between(Rows.NOON, Rows.NOON.minusSeconds(5))).isEqualTo("0s");
  }

  @Test
  void what_has_no_beginning_has_no_age() {
    assertThat(Ages.of(null)).isEqualTo("-");
    assertThat(Ages.between(null, Rows.NOON)).isEqualTo("-");
  }
}
