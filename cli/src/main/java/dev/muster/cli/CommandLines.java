package dev.muster.cli;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words as one command line that a shell takes apart into the same words. */
public final class CommandLines {
  /** Nothing in these means anything to a POSIX shell. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private CommandLines() {}

  public static String joined(List<String> words) {
    // One word is a command line already: -- "python a.py && python b.py".
    return words.size() == 1
        ? words.get(0)
        : words.stream().map(CommandLines::quoted).collect(Collectors.joining(" "));
  }

  /** One word that a shell takes as it is. */
  public static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
