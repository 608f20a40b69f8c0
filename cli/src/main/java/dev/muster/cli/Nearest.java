package dev.muster.cli;

import java.util.Collection;
import java.util.Optional;

/** "Did you mean": the known word that a mistyped one is closest to. */
public final class Nearest {
  private Nearest() {}

  /** Empty if none is close enough to be worth a guess: about one slip in three letters. */
  public static Optional<String> to(String typed, Collection<String> known) {
    String best = null;
    int least = Math.max(1, typed.length() / 3) + 1;
    for (String candidate : known) {
      int distance =
          candidate.startsWith(typed) && typed.length() > 2 ? 1 : distance(typed, candidate);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  /** ", did you mean X?" or nothing, to be put behind a sentence. */
  public static String hint(String typed, Collection<String> known) {
    return to(typed, known).map(word -> "; did you mean '" + word + "'?").orElse("");
  }

  /** Levenshtein's, a swap of neighbours counting one. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
