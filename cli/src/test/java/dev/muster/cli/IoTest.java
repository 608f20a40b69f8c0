package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class IoTest {
  @Test
  void the_systems_own_has_the_environment_directory_and_zone_of_this_process() {
    Io io = Io.system();
    assertThat(io.environment()).isEqualTo(System.getenv());
    assertThat(io.directory()).isAbsolute().isDirectory();
    assertThat(io.zone().get()).isEqualTo(ZoneId.systemDefault());
  }
}
