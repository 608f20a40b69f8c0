package dev.muster.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
  @TempDir Path directory;

  @Test
  void a_directory_is_for_its_owner_alone_and_so_is_what_is_made_above_it() throws IOException {
    PrivateFiles.directory(directory.resolve("a/b"));

    assertThat(permissions(directory.resolve("a"))).isEqualTo("rwx------");
    assertThat(permissions(directory.resolve("a/b"))).isEqualTo("rwx------");
  }

  @Test
  void a_file_is_made_empty_and_for_its_owner_alone() throws IOException {
    Path file = directory.resolve("out");

    PrivateFiles.empty(file);

    assertThat(file).isEmptyFile();
    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  @Test
  void one_that_others_could_read_is_emptied_and_closed_to_them() throws IOException {
    Path file = Files.writeString(directory.resolve("out"), "of the last run");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    PrivateFiles.empty(file);

    assertThat(file).isEmptyFile();
    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
