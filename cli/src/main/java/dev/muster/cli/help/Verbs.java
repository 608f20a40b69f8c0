package dev.muster.cli.help;

import dev.muster.cli.Commands;
import dev.muster.cli.Entry;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which verbs which nouns have: the table of commands in few lines. */
final class Verbs {
  /** Parts of muster itself; what follows them is no noun. */
  private static final Set<String> PARTS = Set.of("sandbox", "daemon", "cache");

  /** Every first word, in the order in which the table has it for the first time. */
  private static final List<String> ORDER =
      Commands.ALL.stream().map(Entry::verb).distinct().toList();

  private Verbs() {}

  /** From "job", or "workload, localqueue" where several have the same, to "define, create". */
  static Map<String, String> byNouns() {
    Map<String, List<Entry>> commands =
        Commands.ALL.stream()
            .filter(entry -> !stands(entry))
            .collect(Collectors.groupingBy(Entry::noun, LinkedHashMap::new, Collectors.toList()));
    Map<String, String> nouns = new LinkedHashMap<>();
    commands.forEach(
        (noun, entries) ->
            nouns.merge(
                sorted(entries).stream().map(Entry::verb).collect(Collectors.joining(", ")),
                noun,
                (one, other) -> one + ", " + other));
    Map<String, String> verbs = new LinkedHashMap<>();
    nouns.forEach((words, those) -> verbs.put(those, words));
    return verbs;
  }

  /** Those without a noun. */
  static List<Entry> others() {
    return Commands.ALL.stream().filter(Verbs::stands).toList();
  }

  /** By verb, as a thing's life goes. */
  static List<Entry> sorted(List<Entry> entries) {
    return entries.stream()
        .sorted(Comparator.comparingInt(entry -> ORDER.indexOf(entry.verb())))
        .toList();
  }

  private static boolean stands(Entry entry) {
    return entry.noun().isEmpty() || PARTS.contains(entry.verb());
  }
}
