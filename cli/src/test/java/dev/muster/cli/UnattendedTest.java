package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.proto.DaemonException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scripts have nobody who answers a question. */
class UnattendedTest {
  @TempDir private Path directory;

  /** All but those that start processes, which the acceptance scripts show. */
  static Stream<String> commands() {
    return Commands.ALL.stream()
        .map(Entry::path)
        .filter(path -> !path.matches("muster( help)?|muster (sandbox|daemon).*"));
  }

  /** What a script has as its standard input by mistake: reading it would take what is not ours. */
  private static final class Others extends InputStream {
    private boolean read;

    @Override
    public int read() {
      read = true;
      return -1;
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void without_a_terminal_no_command_asks_or_takes_what_was_not_given_to_it(String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.removeFirst();
    words.add("x");
    Shell shell = Shell.withoutDaemon(directory);
    Others others = new Others();
    ByteArrayOutputStream said = new ByteArrayOutputStream();

    Io io = shell.io(others, said, said);
    new Muster(
            io,
            shell::places,
            start -> {
              throw new DaemonException(DaemonException.Kind.NOT_RUNNING, "no daemon is running");
            },
            "muster")
        .run(words.toArray(String[]::new));

    assertThat(others.read).as("read its standard input").isFalse();
    assertThat(said.toString(StandardCharsets.UTF_8)).isNotEmpty();
  }
}
