package dev.muster.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What picocli found wrong, in our words. */
final class ParseErrors {
  private static final Set<Class<?>> WHOLE =
      Set.of(int.class, Integer.class, long.class, Long.class);

  private ParseErrors() {}

  /**
   * @param typed the words after those that name the command
   */
  static String sentence(Entry entry, List<String> typed, ParameterException failure) {
    CommandSpec spec = failure.getCommandLine().getCommandSpec();
    return switch (failure) {
      case UnmatchedArgumentException e -> unmatched(entry, spec, e.getUnmatched().get(0));
      case MissingParameterException e when e.getMissing().get(0) instanceof OptionSpec option ->
          "option '%s' needs a value: %s".formatted(asTyped(option, typed), option.paramLabel());
      case MissingParameterException e ->
          "'%s' needs %s; see '%s --help'"
              .formatted(entry.path(), label(e.getMissing().get(0)), entry.path());
      case ParameterException e
          when e.getArgSpec() instanceof OptionSpec option && e.getValue() != null ->
          "option '%s' %s '%s'; see '%s --help'"
              .formatted(
                  asTyped(option, typed),
                  isWhole(option) ? "takes a whole number, not" : "does not take",
                  e.getValue(),
                  entry.path());
      default -> firstLine(failure.getMessage()) + "; see '%s --help'".formatted(entry.path());
    };
  }

  private static String unmatched(Entry entry, CommandSpec spec, String typed) {
    if (!typed.startsWith("-")) {
      return "'%s' does not take '%s'; see '%s --help'"
          .formatted(entry.path(), typed, entry.path());
    }
    String name = typed.indexOf('=') < 0 ? typed : typed.substring(0, typed.indexOf('='));
    List<String> known =
        spec.options().stream()
            .flatMap(option -> List.of(option.names()).stream())
            .filter(option -> option.startsWith("--"))
            .toList();
    String hint = Nearest.hint(name, known);
    return "'%s' has no option '%s'%s"
        .formatted(
            entry.path(), name, hint.isEmpty() ? "; see '" + entry.path() + " --help'" : hint);
  }

  /** By the name that was typed, of several. */
  private static String asTyped(OptionSpec option, List<String> typed) {
    for (String word : typed) {
      for (String name : option.names()) {
        boolean joined =
            name.startsWith("--") ? word.startsWith(name + "=") : word.startsWith(name);
        if (word.equals(name) || joined) {
          return name;
        }
      }
    }
    return option.longestName();
  }

  private static boolean isWhole(OptionSpec option) {
    return WHOLE.contains(option.type());
  }

  private static String label(ArgSpec argument) {
    return argument.paramLabel();
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
