package dev.muster.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildInfoTest {
  @TempDir Path directory;

  @Test
  void the_stamp_of_the_build_is_read() throws IOException {
    assertThat(read("version=1.2.3\ncommit=abc\ntime=1700000000\n"))
        .isEqualTo(new BuildInfo("1.2.3", "abc", 1_700_000_000L, BuildInfo.PROTOCOL));
  }

  @Test
  void outside_a_checkout_the_time_is_unknown() throws IOException {
    assertThat(read("version=1.2.3\ntime=${time}\n").timeSeconds()).isZero();
  }

  @Test
  void the_stamp_of_a_program_is_read_from_its_jar() throws IOException {
    Path jar = directory.resolve("musterd.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("muster-build.properties"));
      zip.write("version=1.2.3\ntime=1700000000\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(BuildInfo.of(jar).map(BuildInfo::timeSeconds)).contains(1_700_000_000L);
  }

  @Test
  void what_is_no_jar_of_ours_has_no_stamp() throws IOException {
    Path other = directory.resolve("other.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(other))) {
      zip.putNextEntry(new ZipEntry("readme"));
    }
    assertThat(BuildInfo.of(other)).isEmpty();
    assertThat(BuildInfo.of(Files.writeString(directory.resolve("text"), "no zip"))).isEmpty();
    assertThat(BuildInfo.of(directory.resolve("missing"))).isEmpty();
  }

  @Test
  void this_build_has_a_version() {
    assertThat(BuildInfo.current().version()).matches("\\d+\\.\\d+\\.\\d+.*");
  }

  private static BuildInfo read(String text) throws IOException {
    return BuildInfo.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
