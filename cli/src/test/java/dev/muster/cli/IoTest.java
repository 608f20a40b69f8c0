package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IoTest {
  @Test
  void the_systems_own_has_the_environment_directory_and_zone_of_this_process() {
    Io io = Io.system();
    assertThat(io.environment()).isEqualTo(System.getenv());
    assertThat(io.directory()).isAbsolute().isDirectory();
    assertThat(io.zone().get()).isEqualTo(ZoneId.systemDefault());
  }

  @Test
  void only_a_stream_that_is_closed_is_filled(@TempDir Path descriptors) throws IOException {
    Files.createSymbolicLink(descriptors.resolve("0"), Path.of("pipe:[1]"));
    assertThat(Io.fill(descriptors, 0)).isFalse();
    assertThat(Io.fill(descriptors, 1)).isTrue();
    assertThat(Io.fill(descriptors.resolve("nowhere"), 1)).isFalse();
  }
}
