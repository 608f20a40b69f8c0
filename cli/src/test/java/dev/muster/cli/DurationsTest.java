package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "90, PT1M30S",
    "30s, PT30S",
    "5m, PT5M",
    "5min, PT5M",
    "1h30m, PT1H30M",
    "2d, PT48H",
    "500ms, PT0.5S",
    "0, PT0S"
  })
  void durations_are_read_as_people_write_them(String typed, Duration expected) {
    assertThat(Durations.parse("--timeout", typed)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-5s", "5 s", "5x", "1h30", "1.5h", "99999999999s"})
  void anything_else_is_refused_with_the_options_name(String typed) {
    assertThatThrownBy(() -> Durations.parse("--timeout", typed))
        .isInstanceOf(CliFailure.class)
        .hasMessage("--timeout '%s' is not a duration; write it like 30s, 5m or 1h30m", typed);
  }

  @Test
  void an_age_is_said_in_its_largest_unit() {
    assertThat(Durations.roughly(Duration.ofSeconds(59))).isEqualTo("59 s");
    assertThat(Durations.roughly(Duration.ofSeconds(185))).isEqualTo("3 min");
    assertThat(Durations.roughly(Duration.ofHours(47))).isEqualTo("47 h");
    assertThat(Durations.roughly(Duration.ofDays(3))).isEqualTo("3 d");
    assertThat(Durations.roughly(Duration.ofSeconds(-5))).isEqualTo("0 s");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.4S, 0s",
    "PT59S, 59s",
    "PT90S, 2m",
    "PT3M1S, 3m",
    "PT59M40S, 1h",
    "PT80M, 1h20m",
    "PT50H, 2d"
  })
  void a_brief_one_has_at_most_two_units(Duration duration, String text) {
    assertThat(Durations.brief(duration)).isEqualTo(text);
  }
}
