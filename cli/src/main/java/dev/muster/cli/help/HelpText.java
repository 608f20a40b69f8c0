package dev.muster.cli.help;

import dev.muster.cli.Commands;
import dev.muster.cli.Entry;
import dev.muster.cli.TakesCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Help as text: what it does, examples first, then the options in their groups. */
public final class HelpText {
  private static final int INDENT = 2;
  private static final int COLUMN = 30;
  private static final int WIDTH = 80;

  private HelpText() {}

  /** On one command. */
  public static String of(Entry entry) {
    CommandSpec spec = entry.parser(entry.make().get()).getCommandSpec();
    StringBuilder text = new StringBuilder();
    text.append(entry.summary()).append(".\n\nExamples:\n");
    for (String line : spec.usageMessage().footer()) {
      text.append("  ").append(line).append('\n');
    }
    text.append("\nUsage: ").append(usage(entry, spec)).append('\n');
    if (!spec.positionalParameters().isEmpty()) {
      text.append("\nArguments:\n");
      for (PositionalParamSpec argument : spec.positionalParameters()) {
        item(text, argument.paramLabel(), String.join(" ", argument.description()));
      }
    }
    for (Map.Entry<String, List<OptionSpec>> group : groups(spec).entrySet()) {
      text.append('\n').append(group.getKey()).append(":\n");
      for (OptionSpec option : group.getValue()) {
        item(text, names(option), String.join(" ", option.description()));
      }
    }
    return text.toString();
  }

  /**
   * @param word the verb or the noun whose commands are listed; empty: what verbs each noun has,
   *     since a list of all would be longer than a screen
   */
  public static String overview(String word) {
    StringBuilder text = new StringBuilder();
    if (word.isEmpty()) {
      text.append(
          """
          muster: one command for everything that runs on a shared compute platform.

          Examples:
            muster sandbox up
            muster define raycluster demo
            muster create raycluster demo --wait
            muster submit job --cluster-name demo -w . --follow -- python train.py
            muster list
            muster delete raycluster demo

          Usage: muster VERB NOUN [NAME] [options]

          Verbs of each noun ('muster help NOUN' and 'muster help VERB' say what they do):
          """);
      Verbs.byNouns().forEach((nouns, verbs) -> item(text, nouns, verbs));
      text.append('\n');
    }
    text.append(word.isEmpty() ? "Other commands:\n" : "Commands:\n");
    for (Entry entry : word.isEmpty() ? Verbs.others() : Verbs.sorted(Commands.with(word))) {
      item(text, entry.path().substring("muster ".length()), entry.summary() + ".");
    }
    text.append("\nTopics (muster help TOPIC): ").append(String.join(", ", Topics.NAMES));
    text.append("\n'muster COMMAND --help' shows the options of one.\n");
    return text.toString();
  }

  /** On everything, in the order of the table: what the printed reference is made of. */
  public static String everything() {
    StringBuilder text = new StringBuilder();
    for (Entry entry : Commands.ALL) {
      text.append("## ").append(entry.path()).append("\n\n").append(of(entry)).append('\n');
    }
    return text.toString();
  }

  private static String usage(Entry entry, CommandSpec spec) {
    StringBuilder usage = new StringBuilder(entry.path());
    for (PositionalParamSpec argument : spec.positionalParameters()) {
      boolean optional = argument.arity().min() == 0;
      usage.append(optional ? " [" : " ").append(argument.paramLabel());
      usage.append(argument.arity().max() > 1 ? "..." : "").append(optional ? "]" : "");
    }
    boolean command = spec.userObject() instanceof TakesCommand;
    return usage.append(" [options]").append(command ? " [-- COMMAND...]" : "").toString();
  }

  /** The command's own first, then each mixin's under the mixin's name. */
  private static Map<String, List<OptionSpec>> groups(CommandSpec spec) {
    Set<OptionSpec> own = new LinkedHashSet<>(spec.options());
    Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
    groups.put("Options", new ArrayList<>());
    for (Map.Entry<String, CommandSpec> mixin : spec.mixins().entrySet()) {
      String title = mixin.getKey();
      title = title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
      List<OptionSpec> options =
          spec.options().stream()
              .filter(option -> mixin.getValue().findOption(option.longestName()) != null)
              .toList();
      groups.put(title, options);
      own.removeAll(options);
    }
    groups.get("Options").addAll(own);
    return groups;
  }

  private static String names(OptionSpec option) {
    String names = String.join(", ", option.names());
    return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
  }

  private static void item(StringBuilder text, String name, String description) {
    text.repeat(' ', INDENT).append(name);
    int at = INDENT + name.length();
    if (at >= COLUMN) {
      text.append('\n');
      at = 0;
    }
    text.repeat(' ', COLUMN - at);
    at = COLUMN;
    for (String word : description.split(" ", -1)) {
      if (at > COLUMN && at + 1 + word.length() > WIDTH) {
        text.append('\n').repeat(' ', COLUMN);
        at = COLUMN;
      }
      text.append(at > COLUMN ? " " : "").append(word);
      at += word.length() + (at > COLUMN ? 1 : 0);
    }
    text.append('\n');
  }
}
