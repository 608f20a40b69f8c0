package dev.muster.cli;

import picocli.CommandLine.Model.CommandSpec;

/**
 * A command that several nouns have: in its examples {@code NOUN} stands for the noun as it is
 * typed, and {@code TITLE} and {@code TITLES} for what it is called.
 */
public abstract class NounCommand extends MusterCommand {
  protected final Noun noun;

  protected NounCommand(Noun noun) {
    this.noun = noun;
  }

  @Override
  protected void configure(CommandSpec spec) {
    String[] footer = spec.usageMessage().footer().clone();
    for (int i = 0; i < footer.length; i++) {
      footer[i] =
          footer[i]
              .replace("TITLES", noun.titles())
              .replace("TITLE", noun.title())
              .replace("NOUN", noun.name());
    }
    spec.usageMessage().footer(footer);
  }
}
