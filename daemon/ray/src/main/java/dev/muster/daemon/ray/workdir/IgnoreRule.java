package dev.muster.daemon.ray.workdir;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of a .gitignore file, as <a href="https://git-scm.com/docs/gitignore">git describes
 * it</a>.
 *
 * @param keeps begins with "!": what it matches is not ignored after all
 * @param directoriesOnly ends with "/"
 * @param wholePath has a "/" elsewhere: is matched against the path from the file's directory, not
 *     against the last name alone
 */
record IgnoreRule(boolean keeps, boolean directoriesOnly, boolean wholePath, Pattern pattern) {
  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          Map.entry("alnum", "\\p{Alnum}"),
          Map.entry("alpha", "\\p{Alpha}"),
          Map.entry("blank", "\\p{Blank}"),
          Map.entry("cntrl", "\\p{Cntrl}"),
          Map.entry("digit", "\\p{Digit}"),
          Map.entry("graph", "\\p{Graph}"),
          Map.entry("lower", "\\p{Lower}"),
          Map.entry("print", "\\p{Print}"),
          Map.entry("punct", "\\p{Punct}"),
          Map.entry("space", "\\s"),
          Map.entry("upper", "\\p{Upper}"),
          Map.entry("xdigit", "\\p{XDigit}"));

  /** Empty for a comment, a blank line, and a pattern that can match nothing. */
  static Optional<IgnoreRule> parse(String line) {
    String text = withoutTrailingSpaces(line);
    if (text.startsWith("#")) {
      return Optional.empty();
    }
    boolean keeps = text.startsWith("!");
    text = keeps ? text.substring(1) : text;
    boolean directoriesOnly = text.endsWith("/");
    text = directoriesOnly ? text.substring(0, text.length() - 1) : text;
    boolean wholePath = text.contains("/");
    text = text.startsWith("/") ? text.substring(1) : text;
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return new Glob(text)
        .regex()
        .map(
            regex ->
                new IgnoreRule(
                    keeps, directoriesOnly, wholePath, Pattern.compile(regex, Pattern.DOTALL)));
  }

  /** Whether it speaks of a file or directory, by its path from the directory of the rule. */
  boolean matches(String path, boolean directory) {
    if (directoriesOnly && !directory) {
      return false;
    }
    String seen = wholePath ? path : path.substring(path.lastIndexOf('/') + 1);
    return pattern.matcher(seen).matches();
  }

  /** A trailing space counts when a backslash stands before it. */
  private static String withoutTrailingSpaces(String line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == ' ' && !(end > 1 && line.charAt(end - 2) == '\\')) {
      end--;
    }
    return line.substring(0, end);
  }

  /** Turns a pattern into a regular expression, from left to right. */
  private static final class Glob {
    private final String text;
    private final StringBuilder regex = new StringBuilder();
    private int at;

    Glob(String text) {
      this.text = text;
    }

    /** Empty if it is not well-formed: git lets such a pattern match nothing. */
    Optional<String> regex() {
      while (at < text.length()) {
        char c = text.charAt(at++);
        boolean fine =
            switch (c) {
              case '*' -> stars();
              case '?' -> append("[^/]");
              case '[' -> set();
              case '\\' -> at < text.length() && literal(text.charAt(at++));
              default -> literal(c);
            };
        if (!fine) {
          return Optional.empty();
        }
      }
      return Optional.of(regex.toString());
    }

    /** Two stars mean any number of directories, but only alone between slashes. */
    private boolean stars() {
      int begin = at - 1;
      while (at < text.length() && text.charAt(at) == '*') {
        at++;
      }
      boolean opens = begin == 0 || text.charAt(begin - 1) == '/';
      if (at - begin != 2 || !opens) {
        return append("[^/]*");
      }
      if (at == text.length()) {
        return append(begin == 0 ? ".*" : ".+");
      }
      if (text.charAt(at) == '/') {
        at++;
        return append("(?:.*/)?");
      }
      return append("[^/]*");
    }

    private boolean set() {
      StringBuilder set = new StringBuilder("(?!/)[");
      if (at < text.length() && (text.charAt(at) == '!' || text.charAt(at) == '^')) {
        set.append('^');
        at++;
      }
      for (boolean first = true; at < text.length(); first = false) {
        char c = text.charAt(at++);
        if (c == ']' && !first) {
          return append(set.append(']').toString());
        }
        int named = c == '[' && text.startsWith(":", at) ? text.indexOf(":]", at + 1) : -1;
        if (named > 0) {
          String members = CLASSES.get(text.substring(at + 1, named));
          if (members == null) {
            return false;
          }
          set.append(members);
          at = named + 2;
        } else if (c == '-' && !first && at < text.length() && text.charAt(at) != ']') {
          set.append('-');
        } else if (c == '\\') {
          if (at == text.length()) {
            return false;
          }
          quoted(set, text.charAt(at++));
        } else {
          quoted(set, c);
        }
      }
      return false;
    }

    private boolean literal(char c) {
      quoted(regex, c);
      return true;
    }

    private boolean append(String piece) {
      regex.append(piece);
      return true;
    }

    private static void quoted(StringBuilder into, char c) {
      if ("\\[](){}.*+?^$|&-~#\"".indexOf(c) >= 0) {
        into.append('\\');
      }
      into.append(c);
    }
  }
}
