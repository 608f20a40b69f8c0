package dev.muster.cli.output;

import org.jline.utils.WCWidth;

/** What a cell of a table may contain, and how wide it is. */
public final class Cells {
  private Cells() {}

  /**
   * The text with control characters made visible, so that a name from a cluster can neither move
   * the cursor nor reverse the reading order. Nearly always the same object.
   */
  public static String clean(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isUnsafe(text.charAt(i))) {
        return escape(text);
      }
    }
    return text;
  }

  /** Like {@link #clean}, for a whole row: the tabs between its cells stay. */
  static String cleanRow(String row) {
    for (int i = 0; i < row.length(); i++) {
      char c = row.charAt(i);
      if (c != '\t' && isUnsafe(c)) {
        String[] cells = row.split("\t", -1);
        for (int cell = 0; cell < cells.length; cell++) {
          cells[cell] = clean(cells[cell]);
        }
        return String.join("\t", cells);
      }
    }
    return row;
  }

  /** How many columns of a terminal a part of a clean text takes. */
  static int width(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) >= 0x7f) {
        return wideWidth(text, from, to);
      }
    }
    return to - from;
  }

  /** As much of a clean text as fits into that many columns of a terminal. */
  public static String cut(String text, int columns) {
    if (width(text, 0, text.length()) <= columns) {
      return text;
    }
    int end = 0;
    int width = 0;
    while (end < text.length()) {
      int next = end + Character.charCount(text.codePointAt(end));
      width += width(text, end, next);
      if (width > columns) {
        break;
      }
      end = next;
    }
    return text.substring(0, end);
  }

  private static int wideWidth(String text, int from, int to) {
    int width = 0;
    for (int i = from; i < to; ) {
      int point = text.codePointAt(i);
      width += Math.max(0, WCWidth.wcwidth(point));
      i += Character.charCount(point);
    }
    return width;
  }

  private static boolean isUnsafe(char c) {
    return c < 0x20
        || (c >= 0x7f && c < 0xa0)
        || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\t' -> escaped.append("\\t");
        default -> {
          if (isUnsafe(c)) {
            escaped.append(c < 0x100 ? "\\x" : "\\u");
            escaped.append(hex(c, c < 0x100 ? 2 : 4));
          } else {
            escaped.append(c);
          }
        }
      }
    }
    return escaped.toString();
  }

  private static String hex(char c, int digits) {
    String hex = "000" + Integer.toHexString(c);
    return hex.substring(hex.length() - digits);
  }
}
