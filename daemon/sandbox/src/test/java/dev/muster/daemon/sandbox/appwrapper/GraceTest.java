package dev.muster.daemon.sandbox.appwrapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GraceTest {

  @ParameterizedTest
  @CsvSource({
    "1h2m3s, PT1H2M3S",
    "1.5s, PT1.5S",
    "250ms, PT0.25S",
    "'', PT7S",
    "2, PT7S",
    "s, PT7S",
    "1s x, PT7S"
  })
  void durations_are_written_as_go_writes_them(String text, Duration wanted) {
    assertThat(Grace.parse(text, Duration.ofSeconds(7))).isEqualTo(wanted);
  }
}
