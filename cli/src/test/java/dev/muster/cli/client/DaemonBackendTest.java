package dev.muster.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.proto.DaemonClient.Start;
import dev.muster.proto.DaemonException;
import dev.muster.proto.Places;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonBackendTest {
  @TempDir Path directory;

  @Test
  void where_none_runs_and_none_may_be_started_there_is_none_and_libraries_are_silent() {
    Places places = Places.of(Map.of("HOME", directory.toString()));
    assertThatThrownBy(() -> DaemonBackend.connect(places, Start.NEVER, false))
        .isInstanceOfSatisfying(
            DaemonException.class,
            e -> assertThat(e.kind()).isEqualTo(DaemonException.Kind.NOT_RUNNING));
    assertThat(Logger.getLogger("io.netty").getLevel()).isEqualTo(Level.OFF);
  }
}
