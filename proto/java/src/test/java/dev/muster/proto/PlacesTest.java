package dev.muster.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacesTest {
  @TempDir Path directory;

  @Test
  void the_socket_lies_in_the_runtime_directory_and_the_log_in_the_state_directory() {
    Places places = Places.of(Map.of("HOME", "/home/ada", "XDG_RUNTIME_DIR", directory.toString()));

    assertThat(places.runDirectory()).isEqualTo(directory.resolve("muster"));
    assertThat(places.socket()).hasParentRaw(places.runDirectory());
    assertThat(places.stateDirectory()).isEqualTo(Path.of("/home/ada/.local/state/muster"));
    assertThat(places.log()).isEqualTo(Path.of("/home/ada/.local/state/muster/musterd.log"));
  }

  @Test
  void the_lock_and_the_ready_file_lie_beside_the_socket() {
    Places places = Places.of(Map.of("HOME", "/home/ada"));

    assertThat(places.lock()).hasParentRaw(places.runDirectory());
    assertThat(places.lock().toString()).endsWith(".lock");
    assertThat(places.ready().toString()).endsWith(".ready");
  }

  @Test
  void a_runtime_directory_that_is_not_there_is_not_used() {
    Places places =
        Places.of(
            Map.of("HOME", "/home/ada", "XDG_RUNTIME_DIR", directory.resolve("gone").toString()));

    assertThat(places.runDirectory()).isEqualTo(Path.of("/home/ada/.local/state/muster/run"));
  }

  @Test
  void a_relative_state_directory_is_not_used() {
    Places places = Places.of(Map.of("HOME", "/home/ada", "XDG_STATE_HOME", "state"));

    assertThat(places.stateDirectory()).isEqualTo(Path.of("/home/ada/.local/state/muster"));
  }

  @Test
  void two_state_directories_have_two_sockets() {
    Places one = Places.of(Map.of("HOME", "/h", "XDG_STATE_HOME", "/one"));
    Places two = Places.of(Map.of("HOME", "/h", "XDG_STATE_HOME", "/two"));

    assertThat(one.socket().getFileName()).isNotEqualTo(two.socket().getFileName());
  }

  @Test
  void a_path_too_long_for_a_socket_gives_way_to_a_short_one() {
    Places places = Places.of(Map.of("HOME", "/home/" + "a".repeat(100)));

    assertThat(places.socket().toString().length()).isLessThanOrEqualTo(Wire.MAX_SOCKET_PATH);
    assertThat(places.runDirectory()).hasParentRaw(Path.of("/tmp"));
  }

  @Test
  void the_daemon_is_found_where_MUSTER_HOME_says() {
    Places places = Places.of(Map.of("HOME", "/h", "MUSTER_HOME", "/opt/muster"));

    assertThat(places.library()).isEqualTo(Path.of("/opt/muster/lib"));
  }

  @Test
  void without_MUSTER_HOME_a_plain_JVM_knows_no_daemon() {
    assertThat(Places.of(Map.of("HOME", "/h")).library()).isNull();
    assertThat(Files.exists(Path.of("/proc/self/exe"))).isTrue();
  }
}
