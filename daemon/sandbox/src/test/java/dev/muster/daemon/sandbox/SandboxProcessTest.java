package dev.muster.daemon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What others on the machine see of a sandbox, and what is left of one that was killed. */
@EnabledOnOs(OS.LINUX)
final class SandboxProcessTest {

  /** The state LISTEN in /proc/net/tcp (proc_net_tcp(5)). */
  private static final String LISTEN = "0A";

  @TempDir private Path directory;

  @Test
  void nothing_but_its_api_listens_on_tcp() throws Exception {
    try (SandboxProcess sandbox = SandboxProcess.in(directory)) {
      assertThat(sandbox.submit("sleep 600").code()).isEqualTo(200);
      String url = Files.readAllLines(directory.resolve("sandbox.pid")).get(1);
      assertThat(listening(sandbox.pid())).containsExactly(url.replaceFirst(".*:", ""));
    }
  }

  /** The TCP ports on which a process listens. */
  private static List<String> listening(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    Set<String> sockets = new HashSet<>();
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path one : open) {
        sockets.add(target(one));
      }
    }
    return List.of("tcp", "tcp6").stream()
        .flatMap(table -> lines(process.resolve("net").resolve(table)).stream().skip(1))
        .map(line -> line.strip().split("\\s+"))
        .filter(row -> row[3].equals(LISTEN) && sockets.contains("socket:[" + row[9] + "]"))
        .map(row -> Integer.toString(Integer.parseInt(row[1].replaceFirst(".*:", ""), 16)))
        .toList();
  }

  private static String target(Path link) throws IOException {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (NoSuchFileException e) {
      // It was closed meanwhile.
      return "";
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      // There is no such process, or no IPv6 here.
      return List.of();
    }
  }

  @Test
  void what_a_job_runs_does_not_outlive_a_sandbox_that_is_killed() throws Exception {
    Path pids = directory.resolve("pids");
    List<Long> left;
    try (SandboxProcess sandbox = SandboxProcess.in(directory)) {
      sandbox.submit(
          """
          echo $$ >%1$s
          sleep 600 & echo $! >>%1$s
          setsid sleep 600 & echo $! >>%1$s
          trap '' TERM; echo end >>%1$s; wait
          """
              .formatted(pids));
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> Files.exists(pids) && Files.readAllLines(pids).contains("end"));
      left = Files.readAllLines(pids).stream().limit(3).map(Long::valueOf).toList();
      assertThat(left).allMatch(SandboxProcessTest::runs);
      sandbox.kill();
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(left).noneMatch(SandboxProcessTest::runs));
  }

  private static boolean runs(long pid) {
    // One that has ended may still wait for somebody to ask how.
    return lines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .anyMatch(line -> line.startsWith("State:") && !line.contains("Z"));
  }
}
