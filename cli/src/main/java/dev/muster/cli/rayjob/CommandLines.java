package dev.muster.cli.rayjob;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words as one command line that a shell takes apart into the same words. */
final class CommandLines {
  /** Nothing in these means anything to a POSIX shell. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private CommandLines() {}

  static String joined(List<String> words) {
    // One word is a command line already: -- "python a.py && python b.py".
    return words.size() == 1
        ? words.get(0)
        : words.stream().map(CommandLines::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
