package dev.muster.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonFlagsTest {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  @TempDir Path library;

  @Test
  void an_installation_without_directives_does_without_the_optimizing_compiler() {
    assertThat(DaemonFlags.compilers(library)).containsExactly("-XX:TieredStopAtLevel=1");
  }

  @Test
  void the_jvm_takes_the_shipped_flags_with_the_directives() throws Exception {
    install();

    List<String> said = java(DaemonFlags.SHIPPED, DaemonFlags.compilers(library));

    assertThat(said).filteredOn(line -> !DaemonFlags.saysWith(line)).isEmpty();
    assertThat(said).hasSize(1);
  }

  private void install() throws IOException {
    Files.copy(
        Path.of("src/main/jvm/musterd-compiler.json"), library.resolve("musterd-compiler.json"));
  }

  /** What a JVM with these flags says of itself when it has nothing to do. */
  private static List<String> java(List<String> shipped, List<String> compilers) throws Exception {
    List<String> command = new ArrayList<>(List.of(JAVA.toString()));
    command.addAll(shipped);
    command.removeIf(flag -> flag.startsWith("-Djava.util.logging.manager"));
    command.addAll(compilers);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Nothing.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().toList();
  }

  /** A program that does nothing. */
  static final class Nothing {
    private Nothing() {}

    public static void main(String[] args) {}
  }
}
