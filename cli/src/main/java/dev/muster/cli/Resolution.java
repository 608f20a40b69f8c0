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
    String word = known(first, "");
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
    String word = bare == null ? known(first, second) : first;
    List<String> partners = Commands.partners(word);
    if (bare != null && partners.isEmpty()) {
      return new Resolution(bare, "", rest);
    }
    throw CliFailure.usage(
        "there is no 'muster %s %s'%s%s"
            .formatted(
                first,
                second,
                Nearest.hint(Words.noun(second), partners),
                list("'muster " + word + "' goes with", partners)));
  }

  /**
   * The word as the table spells it.
   *
   * @param second the word behind it; empty for none
   * @throws CliFailure with the verbs that there are; for the second word, if that is a noun
   */
  private static String known(String word, String second) {
    List<String> all = Commands.firstWords();
    if (all.contains(word)) {
      return word;
    }
    String noun = Words.noun(word);
    if (all.contains(noun)) {
      return noun;
    }
    int slash = second.indexOf('/');
    String about = Nouns.ofType(slash < 0 ? second : second.substring(0, slash));
    List<String> verbs = about.isEmpty() ? List.of() : Commands.verbs(about);
    throw CliFailure.usage(
        "there is no command '%s'%s%s"
            .formatted(
                word,
                Nearest.hint(word, all),
                verbs.isEmpty()
                    ? list("there are", Commands.verbs(""))
                    : list(about + " goes with", verbs)));
  }

  /** On a line of its own, below the sentence that says what is wrong. */
  private static String list(String title, List<String> words) {
    return "\n  " + title + ": " + String.join(", ", words);
  }
}
