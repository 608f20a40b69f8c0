package dev.muster.daemon.kubernetes.contexts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.daemon.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigFileTest {
  @TempDir Path directory;

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void a_new_file_and_its_folder_are_for_the_user_alone() throws IOException {
    Path file = directory.resolve(".kube/config");

    new KubeconfigFile(file).change(text -> text + "new");

    assertThat(file).hasContent("new");
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(mode(file.getParent())).isEqualTo("rwx------");
    assertThat(files(file.getParent())).containsExactly("config");
  }

  @Test
  void a_file_keeps_its_mode_and_a_link_stays_a_link() throws IOException {
    Path real = Files.writeString(directory.resolve("real"), "a");
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("real"));

    new KubeconfigFile(link).change(text -> text + "b");

    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(real).hasContent("ab");
    assertThat(mode(real)).isEqualTo("rw-r-----");
  }

  @Test
  void what_a_link_leads_to_can_be_made() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("folder/real"));

    new KubeconfigFile(link).change(text -> "made");

    assertThat(directory.resolve("folder/real")).hasContent("made");
  }

  @Test
  void a_change_that_fails_leaves_the_file_as_it_is() throws IOException {
    Path file = Files.writeString(directory.resolve("config"), "before");

    assertThatThrownBy(
            () ->
                new KubeconfigFile(file)
                    .change(
                        text -> {
                          throw new IllegalStateException("no");
                        }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(file).hasContent("before");
    assertThat(files(directory)).containsExactly("config");
  }

  @Test
  void no_change_writes_nothing() throws IOException {
    Path file = Files.writeString(directory.resolve("config"), "same");
    Object inode =
        Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class).fileKey();

    new KubeconfigFile(file).change(text -> text);

    assertThat(
            Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class).fileKey())
        .isEqualTo(inode);
  }

  @Test
  void whoever_holds_kubectls_lock_is_waited_for_by_nobody() throws IOException {
    Path file = directory.resolve("config");
    Files.createFile(directory.resolve("config.lock"));

    Failure failure =
        catchThrowableOfType(Failure.class, () -> new KubeconfigFile(file).change(text -> "x"));

    assertThat(failure)
        .hasMessage(
            file
                + " is being changed by another program; if there is none, remove "
                + directory.resolve("config.lock")
                + ".");
    assertThat(file).doesNotExist();
    assertThat(directory.resolve("config.lock")).exists();
  }

  @Test
  void what_cannot_be_read_or_written_is_said() throws IOException {
    Path binary = directory.resolve("binary");
    Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe});
    Path inFile = binary.resolve("config");

    assertThat(
            catchThrowableOfType(
                Failure.class, () -> new KubeconfigFile(binary).change(text -> text)))
        .hasMessage(binary + " cannot be changed: it is not text in UTF-8.");
    assertThat(
            catchThrowableOfType(
                Failure.class, () -> new KubeconfigFile(inFile).change(text -> text)))
        .hasMessageContaining(" cannot be changed: ");
  }
}
