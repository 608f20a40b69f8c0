package dev.muster.daemon.kubernetes.jobs;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A command as a line for a shell, as Ray wants it, and as words, as pods do. */
final class ShellLine {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private ShellLine() {}

  /** One word is a line already, as people quote it for "ray job submit"; several are words. */
  static String of(List<String> command) {
    return command.size() == 1
        ? command.getFirst()
        : command.stream().map(ShellLine::quoted).collect(Collectors.joining(" "));
  }

  /** Where no shell stands in front, a line gets one; a plain word needs none. */
  static List<String> words(List<String> command) {
    return command.size() == 1 && !PLAIN.matcher(command.getFirst()).matches()
        ? List.of("sh", "-c", command.getFirst())
        : command;
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\"'\"'") + "'";
  }
}
