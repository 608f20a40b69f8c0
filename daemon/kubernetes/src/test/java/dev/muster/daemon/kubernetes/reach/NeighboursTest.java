package dev.muster.daemon.kubernetes.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeighboursTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  @TempDir private Path tables;
  private ServerSocket server;
  private Socket far;
  private Socket near;

  @BeforeEach
  void connect() throws IOException {
    server = new ServerSocket(0, 1, LOOPBACK);
    far = new Socket(LOOPBACK, server.getLocalPort());
    near = server.accept();
  }

  @AfterEach
  void close() throws IOException {
    near.close();
    far.close();
    server.close();
  }

  /** A connection of that user as Linux writes it down, seen from its own end. */
  private void table(String name, String before, int user) throws IOException {
    Files.writeString(
        tables.resolve(name),
        """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: %1$s0100007F:%2$04X %1$s0100007F:%3$04X 01 00000000:00000000 00:00000000 00000000  %4$d        0 1794018 2
        """
            .formatted(before, far.getLocalPort(), server.getLocalPort(), user));
  }

  private boolean isAnotherFor(int user) {
    return new Neighbours(tables, user).isAnother(near);
  }

  @Test
  void this_process_is_no_other_user() {
    assumeTrue(Files.exists(Path.of("/proc/self/net/tcp")));
    assertThat(Neighbours.here().isAnother(near)).isFalse();
  }

  @Test
  void another_user_is_told_by_the_table() throws IOException {
    table("tcp", "", 1000);
    assertThat(isAnotherFor(1001)).isTrue();
    assertThat(isAnotherFor(1000)).isFalse();
  }

  @Test
  void a_connection_of_ipv6_is_in_a_table_of_its_own() throws IOException {
    table("tcp", "", 1001);
    table("tcp6", "0000000000000000FFFF0000", 1000);
    assertThat(isAnotherFor(1000)).isFalse();
  }

  @Test
  void one_that_no_table_has_is_anothers() throws IOException {
    Files.writeString(tables.resolve("tcp"), "");
    assertThat(isAnotherFor(1000)).isTrue();
  }

  @Test
  void where_there_are_no_tables_nobody_can_tell() {
    assertThat(isAnotherFor(1000)).isFalse();
  }

  @Test
  void a_tunnel_that_nobody_asked_for_is_closed_to_another_user() throws IOException {
    Files.writeString(tables.resolve("tcp"), "");
    try (PodTunnel tunnel =
            PodTunnel.open(
                () -> {
                  throw new AssertionError("asked the server");
                },
                "demo",
                "demo",
                8265,
                new Neighbours(tables, 1000));
        Socket other = new Socket(LOOPBACK, tunnel.port())) {
      assertThat(other.getInputStream().read()).isEqualTo(-1);
    }
  }
}
