package dev.muster.daemon.kubernetes.define;

import dev.muster.daemon.core.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a job runs: one line for the shell of the node that it runs on. */
final class Entrypoint {
  private Entrypoint() {}

  /**
   * @param command words behind "--"
   * @param otherwise the template's
   */
  static String of(Settings settings, List<String> command, String otherwise) {
    Optional<String> option = settings.text("entrypoint");
    if (option.isPresent() && !command.isEmpty()) {
      throw Failure.usage(
          "The job's command is given twice, by --entrypoint and behind \"--\"; drop one of them.");
    }
    String line =
        command.isEmpty() ? option.orElse(otherwise).strip() : ShellWords.line(command).strip();
    if (line.isEmpty()) {
      throw Failure.usage(
          "There is nothing to run: type the command behind \"--\", such as -- python train.py.");
    }
    return line;
  }

  /** The Python script that a line names by a relative path; empty if it names none. */
  static Optional<String> script(String line) {
    List<String> words = List.of(line.split(" +"));
    if (!words.getFirst().matches("python[\\d.]*")) {
      return Optional.empty();
    }
    // What follows an option may be its value; a script is the first word that is none.
    return words.stream()
        .skip(1)
        .filter(word -> !word.equals("-u"))
        .findFirst()
        .filter(word -> word.matches("[^/'\"$-][^'\"$]*\\.py"));
  }

  /**
   * A Python script that is named by a relative path must be in the directory that is sent, since
   * nobody looks for it until the cluster has started.
   *
   * @param directory the working directory
   */
  static void check(String line, Path directory) {
    Optional<String> named = script(line);
    if (named.isEmpty()) {
      return;
    }
    String script = named.get();
    if (Files.isRegularFile(directory.resolve(script))) {
      return;
    }
    String prefix = directory.getFileName() + "/";
    String bare = script.startsWith("./") ? script.substring(2) : script;
    if (bare.startsWith(prefix)) {
      String inside = bare.substring(prefix.length());
      if (Files.isRegularFile(directory.resolve(inside))) {
        throw Failure.usage(
            "The command says "
                + script
                + ", but it runs in the working directory, "
                + directory
                + ": say "
                + inside
                + ".");
      }
    }
    throw Failure.usage(
        "There is no file "
            + script
            + " in the working directory "
            + directory
            + ", which the command runs in.");
  }
}
