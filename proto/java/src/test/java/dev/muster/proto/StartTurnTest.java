package dev.muster.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One at a time. */
class StartTurnTest {
  @TempDir Path directory;

  @Test
  void whoever_asks_first_has_it() throws IOException {
    try (StartTurn first = turn();
        StartTurn second = turn()) {
      assertThat(first.isMine()).isTrue();
      assertThat(second.isMine()).isFalse();
    }
  }

  @Test
  void whoever_has_it_keeps_it() throws IOException {
    try (StartTurn first = turn()) {
      first.isMine();
      assertThat(first.isMine()).isTrue();
    }
  }

  @Test
  void the_next_one_has_it_when_the_first_has_given_it_back() throws IOException {
    try (StartTurn second = turn()) {
      try (StartTurn first = turn()) {
        first.isMine();
      }
      assertThat(second.isMine()).isTrue();
    }
  }

  @Test
  void another_process_that_has_it_keeps_it_from_this_one() throws IOException {
    Process other =
        new ProcessBuilder(
                "python3",
                "-c",
                "import fcntl, sys; f = open(sys.argv[1], 'w'); fcntl.lockf(f, fcntl.LOCK_EX); print(flush=True); sys.stdin.read()",
                file().toString())
            .start();
    try (StartTurn mine = turn()) {
      other.inputReader().readLine();
      assertThat(mine.isMine()).isFalse();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void its_file_is_for_its_user_alone() throws IOException {
    turn().close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  private StartTurn turn() throws IOException {
    return StartTurn.at(file());
  }

  private Path file() {
    return directory.resolve("musterd.starting");
  }
}
