package dev.muster.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The spellings that are alike: a noun's plural and hyphens, an option's camel case or underscores,
 * and a dash that a word processor made of two hyphens.
 */
final class Words {
  /** How an en dash and an em dash look when the locale could not decode their three bytes. */
  private static final List<String> DASHES =
      List.of("\u2013", "\u2014", "\u00e2\u0080\u0093", "\u00e2\u0080\u0094", "\ufffd\ufffd\ufffd");

  private Words() {}

  /** "Ray-Clusters" is "raycluster", and so is what else it is called. */
  static String noun(String typed) {
    String noun = typed.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    return Nouns.canonical(singular(noun));
  }

  private static String singular(String noun) {
    if (noun.endsWith("sses")) {
      return noun.substring(0, noun.length() - 2);
    }
    return noun.length() > 2 && noun.endsWith("s") && !noun.endsWith("ss")
        ? noun.substring(0, noun.length() - 1)
        : noun;
  }

  /** Options in kebab case; what follows a bare {@code --} is left alone. */
  static List<String> options(String... args) {
    List<String> words = new ArrayList<>(args.length);
    boolean values = false;
    for (String arg : args) {
      values |= arg.equals("--");
      words.add(values ? arg : option(arg));
    }
    return words;
  }

  /** CodeFlare's manual writes {@code cluster-name="demo"} without the dashes for jobs. */
  static List<String> seed(Entry entry, List<String> words) {
    List<String> all = new ArrayList<>(words);
    for (int i = 0; i < all.size() && !all.get(i).equals("--"); i++) {
      String word = all.get(i);
      if (entry.noun().equals("job")
          && (word.startsWith("cluster-name=") || word.startsWith("namespace="))) {
        all.set(i, "--" + word);
      }
    }
    return all;
  }

  private static String option(String arg) {
    String word = arg;
    for (String dash : DASHES) {
      if (word.startsWith(dash)) {
        word = "--" + word.substring(dash.length());
      }
    }
    return word.startsWith("--") ? kebab(word) : word;
  }

  private static String kebab(String word) {
    int end = word.indexOf('=') < 0 ? word.length() : word.indexOf('=');
    StringBuilder kebab = null;
    for (int i = 2; i < end; i++) {
      char c = word.charAt(i);
      boolean upper = c >= 'A' && c <= 'Z';
      if ((upper || c == '_') && kebab == null) {
        kebab = new StringBuilder(word.substring(0, i));
      }
      if (kebab != null) {
        boolean wordBefore = i > 2 && isLowerOrDigit(word.charAt(i - 1));
        if (upper && wordBefore) {
          kebab.append('-');
        }
        kebab.append(upper ? (char) (c + ('a' - 'A')) : c == '_' ? '-' : c);
      }
    }
    return kebab == null ? word : kebab.append(word, end, word.length()).toString();
  }

  private static boolean isLowerOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }
}
