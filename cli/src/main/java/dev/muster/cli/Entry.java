package dev.muster.cli;

import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * One line of the command table.
 *
 * @param verb the first word
 * @param noun the second word; empty where there is none
 * @param summary one line of help
 * @param make builds the command; called for the one that was named, and by help for all
 */
public record Entry(
    String verb, String noun, String summary, Supplier<? extends MusterCommand> make) {

  /** As it is typed, "muster" included. */
  public String path() {
    return noun.isEmpty() ? "muster " + verb : "muster " + verb + " " + noun;
  }

  /** The parser of that command. */
  public CommandLine parser(MusterCommand command) {
    CommandLine parser = new CommandLine(command);
    parser.setExpandAtFiles(false);
    parser.setOverwrittenOptionsAllowed(true);
    parser.getCommandSpec().name(path());
    command.configure(parser.getCommandSpec());
    return parser;
  }
}
