package dev.muster.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.ExitCode;
import dev.muster.cli.Shell;
import dev.muster.cli.Shell.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxCommandsTest {
  @TempDir Path directory;
  private Shell shell;

  @BeforeEach
  void open() throws IOException {
    shell =
        Shell.withoutDaemon(directory)
            .with("MUSTER_SANDBOX_JAR", jar().toString())
            .with("MUSTER_JAVA_HOME", System.getProperty("java.home"));
  }

  @AfterEach
  void end() {
    shell.run("sandbox", "down");
  }

  private Path jar() throws IOException {
    Path jar = directory.resolve("fake.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeSandbox.class.getName());
    String entry = FakeSandbox.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        InputStream code = FakeSandbox.class.getClassLoader().getResourceAsStream(entry)) {
      out.putNextEntry(new ZipEntry(entry));
      code.transferTo(out);
    }
    return jar;
  }

  @Test
  void up_says_that_it_is_a_simulation_and_what_to_type_next() {
    Result result = shell.run("sandbox", "up", "--speed", "10");
    assertThat(result.code()).isEqualTo(ExitCode.DONE);
    assertThat(result.out()).matches("the sandbox runs at https://127.0.0.1:10, process \\d+\n");
    assertThat(result.err())
        .startsWith("It is a simulation: ")
        .contains("next: muster define raycluster demo\n");
  }

  @Test
  void one_that_runs_is_left_alone_until_it_is_reset_or_ended() {
    assertThat(shell.run("sandbox", "status").code()).isEqualTo(ExitCode.NOT_FOUND);
    String first = shell.run("sandbox", "up").out();
    assertThat(shell.run("sandbox", "up").out()).isEqualTo(first);
    assertThat(shell.run("sandbox", "status")).isEqualTo(new Result(ExitCode.DONE, first, ""));
    assertThat(shell.run("sandbox", "reset").out())
        .startsWith("the sandbox runs anew at https://127.0.0.1:1, process ")
        .isNotEqualTo(first.replace("runs", "runs anew"));
    assertThat(shell.run("sandbox", "down").out()).isEqualTo("the sandbox has ended\n");
    assertThat(shell.run("sandbox", "down").out()).isEqualTo("no sandbox is running\n");
  }

  @Test
  void status_as_json_says_the_context() {
    assertThat(shell.run("sandbox", "status", "-o", "json").out())
        .isEqualTo(
            """
            {
              "running": false,
              "pid": null,
              "url": null,
              "context": "muster-sandbox"
            }
            """);
  }

  @Test
  void a_process_id_that_is_somebody_elses_now_is_not_touched() throws IOException {
    Path sandbox = Files.createDirectories(shell.places().stateDirectory().resolve("sandbox"));
    Files.writeString(sandbox.resolve("sandbox.pid"), ProcessHandle.current().pid() + " https://x");
    assertThat(shell.run("sandbox", "down").out()).isEqualTo("no sandbox is running\n");
    Files.writeString(sandbox.resolve("sandbox.pid"), "nonsense");
    assertThat(shell.run("sandbox", "status").code()).isEqualTo(ExitCode.NOT_FOUND);
  }

  @Test
  void one_that_ends_at_once_is_said_with_the_end_of_its_log() {
    Result result = shell.run("sandbox", "up", "--speed", "666");
    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("muster: the sandbox ended at once; its log is ")
        .endsWith("sandbox.log:\n  no port is free\n");
  }

  @Test
  void a_missing_program_is_said() {
    shell.with("MUSTER_SANDBOX_JAR", directory.resolve("gone.jar").toString());
    assertThat(shell.run("sandbox", "up").err())
        .startsWith("muster: the sandbox's program muster-sandbox.jar is not beside the daemon's");
  }

  @Test
  void a_speed_that_is_no_positive_number_is_refused() {
    assertThat(shell.run("sandbox", "up", "--speed", "0").err())
        .isEqualTo("muster: --speed '0' is not a positive number, such as 10\n");
    assertThat(shell.run("sandbox", "reset", "--speed", "fast").code()).isEqualTo(ExitCode.USAGE);
  }
}
