package dev.muster.daemon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.daemon.sandbox.contract.ApiClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox as a process of its own. */
final class MainTest {

  @TempDir private Path directory;

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void it_runs_until_it_is_told_to_stop_and_leaves_nothing_behind() throws Exception {
    Path run = directory.resolve("run");
    Process process = SandboxProcess.command("--directory", run.toString(), "--speed", "100");
    try {
      Path pid = run.resolve("sandbox.pid");
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Files.exists(pid) || !process.isAlive());
      List<String> lines = Files.readAllLines(pid);
      assertThat(lines.getFirst()).isEqualTo(Long.toString(process.pid()));
      assertThat(lines.get(1)).startsWith("https://127.0.0.1:");
      ApiClient admin = ApiClient.of(run.resolve("kubeconfig"));
      assertThat(admin.get("/api/v1/namespaces").body().path("items").findValuesAsText("name"))
          .contains("default", "demo");
      admin.close();

      Process second = SandboxProcess.command("--directory", run.toString());
      assertThat(output(second)).contains("is already up");
      assertThat(second.waitFor()).isZero();
      assertThat(pid).exists();
    } finally {
      // Through the handle: the process itself would close its output as well.
      process.toHandle().destroy();
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(output(process)).startsWith("A SIMULATION of a Kubernetes cluster").hasLineCount(1);
    assertThat(run).isDirectoryNotContaining(file -> !file.getFileName().toString().equals("lock"));
  }

  @Test
  void a_wrong_command_line_is_exit_code_2() throws Exception {
    Process process = SandboxProcess.command("--speed", "fast");
    assertThat(output(process)).contains("--speed cannot be \"fast\"; usage: --directory DIR");
    assertThat(process.waitFor()).isEqualTo(2);
  }

  @Test
  void a_directory_that_cannot_be_made_is_exit_code_1() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    Process process = SandboxProcess.command("--directory", file.resolve("below").toString());
    assertThat(output(process)).startsWith("muster-sandbox: it could not be started: ");
    assertThat(process.waitFor()).isEqualTo(1);
  }

  @Test
  void options_are_read() {
    SandboxOptions options = Main.options(List.of("--speed", "2.5", "--directory", "d"));
    assertThat(options.directory()).isEqualTo(Path.of("d"));
    assertThat(options.speed()).isEqualTo(2.5);
    assertThat(options.port()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Main.options(List.of()))
        .withMessage("--directory is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Main.options(List.of("--directory")))
        .withMessage("--directory needs a value");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Main.options(List.of("--port", "1")))
        .withMessage("unknown option \"--port\"");
  }

  @Test
  void a_directory_is_taken_once() throws IOException {
    try (RunDirectory first = RunDirectory.take(directory).orElseThrow()) {
      first.ready("https://example");
      assertThat(RunDirectory.take(directory)).isEmpty();
      assertThat(first.pid()).exists();
    }
    assertThat(directory.resolve("sandbox.pid")).doesNotExist();
    RunDirectory.take(directory).orElseThrow().close();
  }

  @Test
  void a_directory_that_others_may_write_in_is_refused() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> RunDirectory.take(directory))
        .hasMessage("others may write in %s; run: chmod go-w %1$s".formatted(directory));
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void what_a_killed_sandbox_has_left_is_removed() throws IOException {
    Path left = Files.createDirectories(directory.resolve("scratch-1/ray/logs"));
    Files.writeString(left.resolve("one.log"), "text");
    Path sockets = Files.createDirectory(directory.resolve("elsewhere"));
    Files.createSymbolicLink(directory.resolve("scratch-1/net"), sockets);
    RunDirectory.take(directory).orElseThrow().close();
    assertThat(sockets).doesNotExist();
    assertThat(directory.resolve("scratch-1")).doesNotExist();
    assertThat(directory.resolve("lock")).exists();
  }
}
