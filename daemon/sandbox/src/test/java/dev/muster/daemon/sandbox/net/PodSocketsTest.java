package dev.muster.daemon.sandbox.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where what pods listen on can be. */
final class PodSocketsTest {

  @TempDir private Path directory;

  private Path deep() throws IOException {
    return Files.createDirectories(directory.resolve("d".repeat(60)).resolve("e".repeat(60)));
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void only_their_owner_enters_the_directory_of_the_sockets() throws IOException {
    try (PodSockets sockets = new PodSockets(directory)) {
      Path first = sockets.next().getPath();
      assertThat(first.getParent().getParent()).isEqualTo(directory);
      assertThat(permissions(first.getParent())).isEqualTo("rwx------");
      assertThat(sockets.next().getPath()).isNotEqualTo(first);
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void a_path_that_is_too_long_for_a_socket_is_left_for_a_temporary_one() throws IOException {
    Path deep = deep();
    Path own;
    try (PodSockets sockets = new PodSockets(deep)) {
      own = sockets.next().getPath().getParent();
      assertThat(own.toString()).hasSizeLessThan(deep.toString().length());
      assertThat(permissions(own)).isEqualTo("rwx------");
      assertThat(deep.resolve("net")).isSymbolicLink();
    }
    assertThat(own).doesNotExist();
    assertThat(deep).isEmptyDirectory();
  }

  @Test
  void where_every_path_is_too_long_that_is_said() throws IOException {
    Path deep = deep();
    assertThatThrownBy(() -> new PodSockets(deep, deep))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("are both too long for Unix sockets");
    assertThat(deep).isEmptyDirectory();
  }
}
