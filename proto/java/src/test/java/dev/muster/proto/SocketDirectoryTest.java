package dev.muster.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketDirectoryTest {
  @TempDir Path directory;

  @Test
  void it_is_made_for_its_owner_alone() throws IOException {
    Path run = directory.resolve("a/b");

    SocketDirectory.create(run);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run)))
        .isEqualTo("rwx------");
    assertThat(SocketDirectory.check(run)).isTrue();
  }

  @Test
  void one_that_others_may_enter_is_refused_with_the_command_that_mends_it() throws IOException {
    Path run = Files.createDirectory(directory.resolve("run"));
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxrwxr-x"));

    assertThatThrownBy(() -> SocketDirectory.check(run))
        .isInstanceOf(DaemonException.class)
        .hasMessageContaining("chmod 700 " + run);
  }

  @Test
  void a_link_in_its_place_is_refused() throws IOException {
    Path real = directory.resolve("real");
    SocketDirectory.create(real);
    Path link = Files.createSymbolicLink(directory.resolve("link"), real);

    assertThatThrownBy(() -> SocketDirectory.check(link)).hasMessageContaining("not a directory");
  }

  @Test
  void one_that_belongs_to_somebody_else_is_refused() {
    String owner = System.setProperty("user.name", "somebody-else");
    try {
      assertThatThrownBy(() -> SocketDirectory.check(directory))
          .isInstanceOfSatisfying(
              DaemonException.class,
              e -> assertThat(e.kind()).isEqualTo(DaemonException.Kind.UNSAFE))
          .hasMessageContaining("belongs to " + owner);
    } finally {
      System.setProperty("user.name", owner);
    }
  }

  @Test
  void absence_is_not_an_error() {
    assertThat(SocketDirectory.check(directory.resolve("none"))).isFalse();
  }

  @Test
  void one_that_cannot_be_made_is_said_so() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> SocketDirectory.create(file.resolve("run")))
        .hasMessageContaining("cannot make");
  }
}
