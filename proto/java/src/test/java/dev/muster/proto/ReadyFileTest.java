package dev.muster.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadyFileTest {
  @TempDir Path directory;

  @Test
  void what_was_written_is_read() throws IOException {
    ReadyFile ready = new ReadyFile(42, 1_700_000_000L, 1);

    ready.write(directory.resolve("d.ready"));

    assertThat(ReadyFile.read(directory.resolve("d.ready"))).contains(ready);
    assertThat(directory).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void none_half_a_one_and_rubbish_are_all_none() throws IOException {
    Path file = directory.resolve("d.ready");
    assertThat(ReadyFile.read(file)).isEmpty();
    Files.writeString(file, "42\n");
    assertThat(ReadyFile.read(file)).isEmpty();
    Files.writeString(file, "a\nb\nc\n");
    assertThat(ReadyFile.read(file)).isEmpty();
  }
}
