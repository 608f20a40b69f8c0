package dev.muster.cli.help;

import dev.muster.cli.CliFailure;
import dev.muster.cli.Commands;
import dev.muster.cli.Entry;
import dev.muster.cli.ExitCode;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Nearest;
import dev.muster.cli.Session;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code help [COMMAND | TOPIC]}. */
@Command(
    footer = {
      "# On one command",
      "muster help create raycluster",
      "# On a topic: exit-codes, output, environment, kubectl-ray, codeflare",
      "muster help exit-codes"
    })
public final class HelpCommand extends MusterCommand {
  @Parameters(arity = "0..2", paramLabel = "WORD", description = "A command or a topic.")
  List<String> words = List.of();

  @Option(names = "--tree", description = "Print every command with all its options.")
  boolean tree;

  @Override
  public ExitCode run(Session session) {
    session.io().out().print(tree ? HelpText.everything() : text());
    return ExitCode.DONE;
  }

  private String text() {
    String first = words.isEmpty() ? "" : words.get(0);
    Optional<Entry> named = Commands.named(first, words.size() == 2 ? words.get(1) : "");
    if (words.size() == 2 || named.isPresent()) {
      return named
          .map(HelpText::of)
          .orElseThrow(
              () ->
                  CliFailure.usage(
                      "there is no command '%s %s'; see 'muster --help'"
                          .formatted(first, words.get(1))));
    }
    Optional<String> topic = Topics.text(first);
    if (topic.isPresent()) {
      return topic.get();
    }
    if (first.isEmpty() || !Commands.with(first).isEmpty()) {
      return HelpText.overview(first);
    }
    throw CliFailure.usage(
        "there is no help on '%s'%s"
            .formatted(first, Nearest.hint(first, Topics.and(Commands.firstWords()))));
  }
}
