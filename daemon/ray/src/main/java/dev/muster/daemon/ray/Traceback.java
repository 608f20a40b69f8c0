package dev.muster.daemon.ray;

import java.util.List;
import java.util.regex.Pattern;

/** What Ray says when something goes wrong: a Python traceback as plain text. */
final class Traceback {
  /** Longer lines are of no use in a sentence; the whole text is there for those who ask. */
  private static final int LONGEST = 600;

  private static final Pattern FRAME = Pattern.compile("\\s+File \".*\", line \\d+.*");
  private static final Pattern TYPE =
      Pattern.compile("(?:[A-Za-z_]\\w*\\.)*[A-Z]\\w*(?:Error|Exception|TooLarge|Exit): (?=\\S)");
  private static final Pattern SAYS_SOMETHING = Pattern.compile(".*[A-Za-z0-9].*");

  private Traceback() {}

  /**
   * The line that says what is wrong, without the exception's type and without a full stop: the
   * first behind the last frame, else the last of all that says anything. Empty if there is none.
   */
  static String lastLine(String text) {
    List<String> lines = text.lines().toList();
    int frame = -1;
    for (int i = 0; i < lines.size(); i++) {
      frame = FRAME.matcher(lines.get(i)).matches() ? i : frame;
    }
    List<String> said =
        lines.subList(frame + 1, lines.size()).stream()
            .filter(line -> SAYS_SOMETHING.matcher(line).matches())
            .toList();
    String line =
        frame < 0
            ? said.reversed().stream().findFirst().orElse("")
            : said.stream()
                .filter(l -> !Character.isWhitespace(l.charAt(0)))
                .findFirst()
                .orElse("");
    return ending(TYPE.matcher(line.strip()).replaceFirst(""));
  }

  private static String ending(String line) {
    String text = line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
