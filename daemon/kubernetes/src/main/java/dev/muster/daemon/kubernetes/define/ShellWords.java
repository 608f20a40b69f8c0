package dev.muster.daemon.kubernetes.define;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words of a POSIX shell's command line: put into one, and taken out of one. */
public final class ShellWords {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
  private static final Pattern PLAIN_LINE = Pattern.compile("[A-Za-z0-9_@%+=:,./ -]+");

  private ShellWords() {}

  /** Words as one line. */
  public static String line(List<String> words) {
    return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
  }

  /** As one word for a shell, whatever is in it. */
  private static String quoted(String word) {
    return isPlainWord(word) ? word : "'" + word.replace("'", "'\"'\"'") + "'";
  }

  /** Whether a shell takes that word as it stands. */
  public static boolean isPlainWord(String word) {
    return PLAIN.matcher(word).matches();
  }

  /** Whether a shell takes it as it stands, however often. */
  static boolean isPlain(String line) {
    return PLAIN_LINE.matcher(line).matches();
  }

  /** The words of a line, without expansions; empty if a quotation mark has no partner. */
  public static Optional<List<String>> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote == 0 && Character.isWhitespace(c)) {
        if (word != null) {
          words.add(word.toString());
        }
        word = null;
        continue;
      }
      word = word == null ? new StringBuilder() : word;
      if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
      } else {
        word.append(c);
      }
    }
    if (word != null) {
      words.add(word.toString());
    }
    return quote == 0 ? Optional.of(words) : Optional.empty();
  }
}
