package dev.muster.daemon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.muster.daemon.sandbox.contract.ApiClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox as a process of its own. */
final class MainTest {

  @TempDir private Path directory;

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    // The coverage agent, when there is one, counts what the process does too.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-javaagent:"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void it_runs_until_it_is_told_to_stop_and_leaves_nothing_behind() throws Exception {
    Path run = directory.resolve("run");
    Process process = start("--directory", run.toString(), "--speed", "100");
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

      Process second = start("--directory", run.toString());
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
    Process process = start("--speed", "fast");
    assertThat(output(process)).contains("--speed cannot be \"fast\"; usage: --directory DIR");
    assertThat(process.waitFor()).isEqualTo(2);
  }

  @Test
  void a_directory_that_cannot_be_made_is_exit_code_1() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    Process process = start("--directory", file.resolve("below").toString());
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
  void what_a_killed_sandbox_has_left_is_removed() throws IOException {
    Path left = Files.createDirectories(directory.resolve("scratch-1/ray/logs"));
    Files.writeString(left.resolve("one.log"), "text");
    RunDirectory.take(directory).orElseThrow().close();
    assertThat(directory.resolve("scratch-1")).doesNotExist();
    assertThat(directory.resolve("lock")).exists();
  }
}
