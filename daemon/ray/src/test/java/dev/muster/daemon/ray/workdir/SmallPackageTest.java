package dev.muster.daemon.ray.workdir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.daemon.core.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallPackageTest {
  private static final int MUCH = 1 << 20;

  @TempDir Path root;

  private static Map<String, String> contents(byte[] zip) throws IOException {
    Map<String, String> contents = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        contents.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return contents;
  }

  @Test
  void a_directory_is_packed_without_what_is_ignored() throws IOException {
    Files.createDirectory(root.resolve("lib"));
    Files.writeString(root.resolve("lib/a.py"), "a");
    Files.writeString(root.resolve("secret.txt"), "no");
    Files.writeString(root.resolve(".rayignore"), "secret.txt\n");

    byte[] zip = SmallPackage.of(root, List.of(".rayignore"), MUCH).orElseThrow();
    assertThat(contents(zip)).isEqualTo(Map.of("lib/", "", "lib/a.py", "a"));
    assertThat(SmallPackage.of(root, List.of(".rayignore"), MUCH)).contains(zip);
  }

  @Test
  void a_single_file_keeps_its_name_from_the_top() throws IOException {
    Files.createDirectory(root.resolve("lib"));
    Files.writeString(root.resolve("lib/a.py"), "a");
    Files.writeString(root.resolve("lib/b.py"), "b");

    assertThat(contents(SmallPackage.ofFile(root, "lib/a.py", MUCH).orElseThrow()))
        .isEqualTo(Map.of("lib/a.py", "a"));
    assertThatThrownBy(() -> SmallPackage.ofFile(root, "none.py", MUCH))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("none.py cannot be read");
  }

  @Test
  void what_does_not_fit_is_not_packed() throws IOException {
    byte[] noise = new byte[5000];
    new Random(1).nextBytes(noise);
    Files.write(root.resolve("noise"), noise);
    assertThat(SmallPackage.of(root, List.of(), 4000)).isEmpty();
    assertThat(SmallPackage.of(root, List.of(), 6000)).isPresent();

    Files.write(root.resolve("noise"), new byte[100_000]);
    assertThat(SmallPackage.of(root, List.of(), 8000)).isPresent();
    assertThat(SmallPackage.of(root, List.of(), 6000)).isEmpty();
  }
}
