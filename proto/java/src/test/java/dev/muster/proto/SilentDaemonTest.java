package dev.muster.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.proto.DaemonClient.Patience;
import dev.muster.proto.DaemonClient.Start;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A socket that takes connections, with nobody behind it who answers. */
class SilentDaemonTest {
  private static final Patience SHORT = new Patience(Duration.ofMillis(20), Duration.ofMillis(20));

  @TempDir Path directory;
  private Places places;
  private ServerSocketChannel socket;
  private Process process;

  @BeforeEach
  void listen() throws IOException {
    places = Places.at(directory, Map.of());
    SocketDirectory.create(places.runDirectory());
    socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    socket.bind(UnixDomainSocketAddress.of(places.socket()));
    process = new ProcessBuilder("sleep", "600").start();
  }

  @AfterEach
  void end() throws IOException {
    process.destroyForcibly();
    socket.close();
  }

  @Test
  void one_that_is_stopped_is_said_to_be_and_how_it_goes_on()
      throws IOException, InterruptedException {
    readyAndStopped();
    assertThatThrownBy(this::connect)
        .isInstanceOfSatisfying(
            DaemonException.class, e -> assertThat(e.kind()).isEqualTo(DaemonException.Kind.SILENT))
        .hasMessage(
            "the daemon is stopped and answers nobody; let it go on with 'kill -CONT %1$d', or end it with 'kill -9 %1$d'",
            process.pid());
  }

  @Test
  void one_that_is_stopped_is_not_waited_for_when_it_is_to_end()
      throws IOException, InterruptedException {
    readyAndStopped();
    assertThatThrownBy(() -> Daemons.stop(places, SHORT))
        .isInstanceOfSatisfying(
            DaemonException.class, e -> assertThat(e.kind()).isEqualTo(DaemonException.Kind.SILENT))
        .hasMessageStartingWith("the daemon is stopped and answers nobody; ");
  }

  @Test
  void one_that_runs_is_said_not_to_answer_and_how_it_is_ended() throws IOException {
    ready();
    assertThatThrownBy(this::connect)
        .hasMessage(
            "the daemon does not answer; end it with 'kill -9 %d' and try again; its log is %s",
            process.pid(), places.log());
  }

  @Test
  void one_that_never_said_it_was_ready_has_a_log() {
    assertThatThrownBy(this::connect)
        .hasMessage("the daemon does not answer; its log is %s", places.log());
  }

  private void ready() throws IOException {
    BuildInfo build = BuildInfo.current();
    new ReadyFile(process.pid(), build.timeSeconds(), build.protocol()).write(places.ready());
  }

  private void readyAndStopped() throws IOException, InterruptedException {
    ready();
    new ProcessBuilder("kill", "-STOP", String.valueOf(process.pid())).start().waitFor();
    Awaitility.await().until(() -> SilentDaemon.at(places).isStopped());
  }

  private void connect() {
    DaemonClient.connect(places, Start.NEVER, Map.of(), SHORT).close();
  }
}
