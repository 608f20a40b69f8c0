package dev.muster.cli;

import java.util.List;

/** A command that has a command line of another program behind a bare {@code --}. */
public interface TakesCommand {
  /** What was typed behind it, word by word; not called if there was none. */
  void command(List<String> words);
}
