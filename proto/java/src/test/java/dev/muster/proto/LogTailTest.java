package dev.muster.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
  @TempDir Path directory;

  @Test
  void the_last_lines_come_in_their_order() throws IOException {
    Path log = Files.writeString(directory.resolve("log"), "one\ntwo\nthree\n");

    assertThat(LogTail.last(log, 2)).containsExactly("two", "three");
    assertThat(LogTail.last(log, 9)).containsExactly("one", "two", "three");
  }

  @Test
  void a_large_log_is_not_read_whole() throws IOException {
    Path log = Files.writeString(directory.resolve("log"), "x".repeat(100_000) + "\nend\n");

    assertThat(LogTail.last(log, 1)).containsExactly("end");
  }

  @Test
  void no_log_has_no_lines() {
    assertThat(LogTail.last(directory.resolve("none"), 3)).isEmpty();
  }
}
