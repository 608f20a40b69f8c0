package dev.muster.daemon.kubernetes.define;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words of a command line as the one line that a POSIX shell splits into them again. */
final class ShellWords {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
  private static final Pattern PLAIN_LINE = Pattern.compile("[A-Za-z0-9_@%+=:,./ -]+");

  private ShellWords() {}

  static String line(List<String> words) {
    return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\"'\"'") + "'";
  }

  /** Whether a shell takes it as it stands, however often. */
  static boolean isPlain(String line) {
    return PLAIN_LINE.matcher(line).matches();
  }
}
