package dev.muster.architecture.coverage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The scripts in tests/acceptance, and the command lines in them. */
final class AcceptanceScripts {
  /** How tests/acceptance/run names all scripts of its folder. */
  private static final String ALL = "\"$here\"/*.t";

  private static final String PROMPT = "  $ ";

  /** Stands for the rest of a long command line. */
  private static final String REST = " …";

  /** What ends a script early on the sandbox, which is what every build has. */
  private static final String ON_REAL = PROMPT + "only_on real";

  private final Path folder;
  private final String run;

  /**
   * @param root of the checkout
   */
  AcceptanceScripts(Path root) {
    folder = root.resolve("tests/acceptance");
    Path program = folder.resolve("run");
    run = Files.exists(program) ? String.join("\n", lines(program)) : "";
  }

  /**
   * What is wrong with naming that command line of that script; empty if it is there and is run.
   *
   * @param command a command line, or its beginning with " …" for the rest
   */
  Optional<String> fault(String script, String command) {
    Path file = folder.resolve(script);
    if (!Files.isRegularFile(file)) {
      return Optional.of("there is no script tests/acceptance/" + script);
    }
    if (!run.contains(ALL) && !run.contains("/" + script)) {
      return Optional.of("tests/acceptance/run does not run " + script);
    }
    List<String> lines = lines(file);
    if (lines.contains(ON_REAL)) {
      return Optional.of(script + " is run on a real server only, which not every build has");
    }
    boolean there =
        lines.stream()
            .filter(line -> line.startsWith(PROMPT))
            .map(line -> line.substring(PROMPT.length()).stripTrailing())
            .anyMatch(line -> isMeant(line, command));
    return there
        ? Optional.empty()
        : Optional.of("%s has no command line '%s'".formatted(script, command));
  }

  private static boolean isMeant(String line, String command) {
    return command.endsWith(REST)
        ? line.startsWith(command.substring(0, command.length() - 1))
        : line.equals(command);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
