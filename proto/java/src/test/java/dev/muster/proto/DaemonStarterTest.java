package dev.muster.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a Java that is a script. */
class DaemonStarterTest {
  @TempDir Path directory;
  private Path home;
  private Places places;
  private DaemonStarter starter;

  @BeforeEach
  void install() throws IOException {
    home = directory.resolve("home");
    Files.createDirectories(home.resolve("lib"));
    Files.createFile(home.resolve("lib/musterd.jar"));
    Map<String, String> environment =
        Map.of("MUSTER_HOME", home.toString(), "JAVA_HOME", home.resolve("java").toString());
    places = Places.at(directory.resolve("state"), environment);
    starter = new DaemonStarter(places, environment);
  }

  @Test
  void one_that_ends_at_once_is_said_to_and_with_what() throws IOException {
    java("echo no memory; exit 3");
    assertThatThrownBy(starter::start)
        .isInstanceOf(DaemonException.class)
        .hasMessageStartingWith("the daemon ended at once (exit 3); its log is ")
        .hasMessageEndingWith("no memory");
  }

  @Test
  void while_another_command_starts_one_that_one_is_waited_for_and_no_other_is_started()
      throws IOException {
    java("echo >> " + directory.resolve("starts"));
    SocketDirectory.create(places.runDirectory());
    try (StartTurn other = StartTurn.at(places.starting())) {
      other.isMine();
      CompletableFuture<Void> waiting = CompletableFuture.runAsync(starter::start);
      try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        socket.bind(UnixDomainSocketAddress.of(places.socket()));
        Awaitility.await().until(waiting::isDone);
      }
      assertThat(waiting).isCompleted();
    }
    assertThat(directory.resolve("starts")).doesNotExist();
  }

  @Test
  void when_that_other_command_is_gone_the_next_one_starts_it() throws IOException {
    java("exit 3");
    SocketDirectory.create(places.runDirectory());
    CompletableFuture<Void> next;
    try (StartTurn other = StartTurn.at(places.starting())) {
      other.isMine();
      next = CompletableFuture.runAsync(starter::start);
    }
    assertThat(next.orTimeout(30, TimeUnit.SECONDS).handle((done, failure) -> failure).join())
        .hasStackTraceContaining("the daemon ended at once (exit 3)");
  }

  private void java(String script) throws IOException {
    Path java = home.resolve("java/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java.resolveSibling("../release"), "JAVA_VERSION=\"25\"\n");
    Files.writeString(java, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
  }
}
