package dev.muster.daemon.app.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void the_places_are_taken_from_the_arguments() {
    Options options = Options.parse("--socket", "/r/d.sock", "--state", "/s", "--log", "/s/log");

    assertThat(options)
        .isEqualTo(
            new Options(
                Path.of("/r/d.sock"), Path.of("/s"), Path.of("/s/log"), Duration.ofHours(3)));
    assertThat(options.lock()).isEqualTo(Path.of("/r/d.lock"));
    assertThat(options.ready()).isEqualTo(Path.of("/r/d.ready"));
  }

  @Test
  void the_idle_time_can_be_set() {
    assertThat(
            Options.parse(
                    "--socket", "/d.sock", "--state", "/s", "--log", "/l", "--idle-stop", "PT5S")
                .idleStop())
        .isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void what_is_wrong_is_said() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse("--sokcet", "/d.sock"))
        .withMessageContaining("--sokcet");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse("--socket"))
        .withMessageContaining("usage");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse("--idle-stop", "3h"))
        .withMessageContaining("ISO 8601");
  }
}
