package dev.muster.cli;

import java.util.List;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What picocli found wrong, in our words. */
final class ParseErrors {
  private ParseErrors() {}

  static String sentence(Entry entry, ParameterException failure) {
    CommandSpec spec = failure.getCommandLine().getCommandSpec();
    return switch (failure) {
      case UnmatchedArgumentException e -> unmatched(entry, spec, e.getUnmatched().get(0));
      case MissingParameterException e when e.getMissing().get(0) instanceof OptionSpec option ->
          "option '%s' needs a value: %s".formatted(option.longestName(), option.paramLabel());
      case MissingParameterException e ->
          "'%s' needs %s; see '%s --help'"
              .formatted(entry.path(), label(e.getMissing().get(0)), entry.path());
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

  private static String label(ArgSpec argument) {
    return argument.paramLabel();
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
