package dev.muster.daemon.app.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.daemon.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketServerTest {
  @TempDir Path directory;

  @Test
  void the_socket_is_for_its_owner_alone() throws IOException {
    Path socket = directory.resolve("run/d.sock");

    try (SocketServer server = SocketServer.open(socket, List.of(), List.of())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
          .isEqualTo("rwx------");
      assertThat(server.isReachable()).isTrue();
    }
    assertThat(socket).doesNotExist();
  }

  @Test
  void a_stale_socket_is_replaced() throws IOException {
    Path run = directory.resolve("run");
    dev.muster.proto.SocketDirectory.create(run);
    Path socket = Files.createFile(run.resolve("d.sock"));

    try (SocketServer server = SocketServer.open(socket, List.of(), List.of())) {
      assertThat(server.isReachable()).isTrue();
    }
  }

  @Test
  void a_daemon_whose_socket_was_taken_leaves_its_successors_alone() throws IOException {
    Path socket = directory.resolve("run/d.sock");
    SocketServer server = SocketServer.open(socket, List.of(), List.of());
    Files.delete(socket);
    Files.createFile(socket);

    assertThat(server.isReachable()).isFalse();
    server.close();

    assertThat(socket).exists();
  }

  @Test
  void where_it_cannot_listen_is_said() {
    Path socket = directory.resolve("run/" + "x".repeat(120) + ".sock");

    assertThatThrownBy(() -> SocketServer.open(socket, List.of(), List.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("cannot listen on " + socket);
  }
}
