package dev.muster.daemon.kubernetes.jobs;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A command as the one line that Ray hands to a shell. */
final class ShellLine {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private ShellLine() {}

  /** One word is a line already, as people quote it for "ray job submit"; several are words. */
  static String of(List<String> command) {
    return command.size() == 1
        ? command.getFirst()
        : command.stream().map(ShellLine::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\"'\"'") + "'";
  }
}
