package dev.muster.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the first words of a command line name.
 *
 * @param entry the command; null when help on a word, or on everything, is asked for
 * @param word help is asked for on this word; empty: on everything
 * @param rest what is left for the command to parse
 */
record Resolution(Entry entry, String word, List<String> rest) {
  private static final Set<String> HELP = Set.of("-h", "--help");

  /** Options that may stand before the verb, as other tools allow, and take a value. */
  private static final Set<String> LEADING =
      Set.of("--as", "--context", "--kubeconfig", "--namespace", "-n", "--output", "-o");

  /**
   * @throws CliFailure if there is no such command, with the nearest right one
   */
  static Resolution of(String... args) {
    List<String> words = Words.options(args);
    List<String> leading = new ArrayList<>();
    int at = leading(words, leading);
    if (at == words.size()) {
      return withoutWords(leading);
    }
    List<String> rest = new ArrayList<>(words.subList(at + 1, words.size()));
    String second = rest.isEmpty() || rest.get(0).startsWith("-") ? "" : rest.get(0);
    Resolution found = second.isEmpty() ? one(words.get(at), rest) : two(words.get(at), rest);
    int end = found.rest().indexOf("--");
    found.rest().addAll(end < 0 ? found.rest().size() : end, leading);
    return found;
  }

  /** Puts aside the options before the first word; answers with the place of that. */
  static int leading(List<String> words, List<String> leading) {
    int at = 0;
    while (at < words.size() && words.get(at).startsWith("-")) {
      String option = words.get(at++);
      leading.add(option);
      if (LEADING.contains(option) && at < words.size()) {
        leading.add(words.get(at++));
      }
    }
    return at;
  }

  private static Resolution withoutWords(List<String> leading) {
    if (leading.contains("--version")) {
      return new Resolution(Commands.find("version", ""), "", new ArrayList<>());
    }
    if (leading.isEmpty() || leading.stream().anyMatch(HELP::contains)) {
      return new Resolution(null, "", leading);
    }
    throw CliFailure.usage(
        "there is no command in front of '%s'; see 'muster --help'".formatted(leading.get(0)));
  }

  private static Resolution one(String first, List<String> rest) {
    Entry bare = Commands.find(first, "");
    if (bare != null) {
      return new Resolution(bare, "", rest);
    }
    String word = known(first);
    if (rest.stream().anyMatch(HELP::contains)) {
      return new Resolution(null, word, rest);
    }
    List<String> partners = Commands.partners(word);
    throw CliFailure.usage(
        "'muster %s' needs another word: %s".formatted(word, String.join(", ", partners)));
  }

  private static Resolution two(String first, List<String> rest) {
    String second = rest.get(0);
    int slash = second.indexOf('/');
    if (slash > 0) {
      Entry entry = Commands.find(first, Nouns.ofType(second.substring(0, slash)));
      if (entry != null) {
        List<String> named = new ArrayList<>(rest);
        named.set(0, second.substring(slash + 1));
        return new Resolution(entry, "", named);
      }
    }
    Entry entry = Commands.find(first, second);
    entry = entry == null ? Commands.find(first, Words.noun(second)) : entry;
    entry = entry == null ? Commands.find(second, first) : entry;
    entry = entry == null ? Commands.find(second, Words.noun(first)) : entry;
    if (entry != null) {
      return new Resolution(entry, "", Words.seed(entry, rest.subList(1, rest.size())));
    }
    Entry bare = Commands.find(first, "");
    List<String> partners = Commands.partners(bare == null ? known(first) : first);
    if (bare != null && partners.isEmpty()) {
      return new Resolution(bare, "", rest);
    }
    String hint = Nearest.hint(Words.noun(second), partners);
    throw CliFailure.usage(
        "there is no 'muster %s %s'%s"
            .formatted(first, second, hint.isEmpty() ? ", only " + oneOf(first, partners) : hint));
  }

  private static String oneOf(String first, List<String> partners) {
    return partners.stream()
        .map(partner -> "'" + first + " " + partner + "'")
        .reduce((a, b) -> a + ", " + b)
        .orElse("");
  }

  /** The word as the table spells it. */
  private static String known(String word) {
    List<String> all = Commands.firstWords();
    if (all.contains(word)) {
      return word;
    }
    String noun = Words.noun(word);
    if (all.contains(noun)) {
      return noun;
    }
    String hint = Nearest.hint(word, all);
    throw CliFailure.usage(
        "there is no command '%s'%s"
            .formatted(word, hint.isEmpty() ? "; see 'muster help'" : hint + " See 'muster help'"));
  }
}
