package dev.muster.daemon.ray.workdir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.daemon.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MadePackageTest {
  @TempDir Path directory;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  private static MadePackage of(Path file) {
    return MadePackage.of(file, () -> false);
  }

  @Test
  void a_zip_file_is_named_after_its_content_and_sent_as_it_is() throws Exception {
    Path zip = file("a.zip", "PK one");
    Path copy = directory.resolve("copy");

    of(zip).write(copy);

    assertThat(copy).hasContent("PK one");
    assertThat(of(zip).name())
        .matches("_ray_pkg_[0-9a-f]{40}\\.zip")
        .isEqualTo(of(file("b.zip", "PK one")).name())
        .isNotEqualTo(of(file("c.zip", "PK two")).name());
  }

  @Test
  void a_wheel_keeps_its_name() throws Exception {
    assertThat(of(file("lib-1.0+cpu-py3-none-any.whl", "PK")).name())
        .isEqualTo("lib-1.0+cpu-py3-none-any.whl");
    assertThatThrownBy(() -> of(file("my lib.whl", "PK")))
        .hasMessage(directory + "/my lib.whl has no name that a wheel can have.");
  }

  @Test
  void what_changes_or_cannot_be_read_is_said() throws Exception {
    Path zip = file("a.zip", "PK one");
    MadePackage named = of(zip);
    Files.writeString(zip, "PK two");
    assertThatThrownBy(() -> named.write(directory.resolve("copy")))
        .isInstanceOf(Failure.class)
        .hasMessage(zip + " changes while it is being sent: try again.");
    assertThatThrownBy(() -> named.write(directory.resolve("none/copy")))
        .hasMessageStartingWith(zip + " cannot be copied to ");
    assertThatThrownBy(() -> of(directory.resolve("none.zip")))
        .hasMessage(
            "there is no file " + directory.resolve("none.zip") + ": name one that is there.");
    assertThatThrownBy(() -> of(file("text.zip", "P")))
        .hasMessage(directory.resolve("text.zip") + " is no zip file.");
    assertThatThrownBy(() -> MadePackage.of(zip, () -> true))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void a_module_has_its_name_in_front() throws Exception {
    Path lib = Files.createDirectories(directory.resolve("lib"));
    Files.writeString(lib.resolve("__init__.py"), "");
    Files.writeString(lib.resolve("data.bin"), "");
    Path one = file("one.py", "");
    WorkingPackage packed = WorkingPackage.ofModule(lib, List.of("*.bin"), () -> false);
    Path zip = directory.resolve("lib.zip");
    packed.write(zip);

    assertThat(names(zip)).containsExactly("lib/__init__.py");
    assertThat(packed.name())
        .isNotEqualTo(WorkingPackage.of(lib, List.of("*.bin"), () -> false).name());
    WorkingPackage.ofModule(one, List.of(), () -> false).write(zip);
    assertThat(names(zip)).containsExactly("one.py");
  }

  private static List<String> names(Path zip) throws IOException {
    try (var file = new java.util.zip.ZipFile(zip.toFile())) {
      return file.stream().map(java.util.zip.ZipEntry::getName).toList();
    }
  }
}
