package dev.muster.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaRuntimeTest {
  @TempDir Path directory;

  @Test
  void an_older_one_is_passed_over() throws IOException {
    assertThat(JavaRuntime.isNewEnough(home("old", "17.0.15"))).isFalse();
    assertThat(JavaRuntime.isNewEnough(home("new", "25.0.1"))).isTrue();
    assertThat(JavaRuntime.isNewEnough(home("early", "26-ea"))).isTrue();
    assertThat(JavaRuntime.isNewEnough(directory.resolve("none"))).isFalse();
  }

  @Test
  void the_one_that_was_named_comes_first() throws IOException {
    Path named = home("named", "25");

    assertThat(
            JavaRuntime.find(
                Map.of(
                    "MUSTER_JAVA_HOME", named.toString(),
                    "JAVA_HOME", home("other", "25").toString()),
                null))
        .contains(named.resolve("bin/java"));
  }

  @Test
  void the_one_shipped_beside_the_daemon_comes_before_the_installed_ones() throws IOException {
    Path shipped = home("lib/runtime", "25.0.3");

    assertThat(
            JavaRuntime.find(
                Map.of("JAVA_HOME", home("other", "25").toString()), directory.resolve("lib")))
        .contains(shipped.resolve("bin/java"));
  }

  @Test
  void one_on_the_path_will_do() throws IOException {
    Path home = home("on-path", "99.1");

    assertThat(JavaRuntime.find(Map.of("PATH", "relative:" + home.resolve("bin")), null))
        .isPresent();
  }

  private Path home(String name, String version) throws IOException {
    Path home = Files.createDirectories(directory.resolve(name));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Path bin = Files.createDirectories(home.resolve("bin"));
    Files.createFile(
        bin.resolve("java"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return home;
  }
}
