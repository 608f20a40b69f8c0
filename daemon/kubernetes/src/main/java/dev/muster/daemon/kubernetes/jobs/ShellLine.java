package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.kubernetes.define.ShellWords;
import java.util.List;

/** A command as a line for a shell, as Ray wants it, and as words, as pods do. */
final class ShellLine {
  private ShellLine() {}

  /** One word is a line already, as people quote it for "ray job submit"; several are words. */
  static String of(List<String> command) {
    return command.size() == 1 ? command.getFirst() : ShellWords.line(command);
  }

  /** Where no shell stands in front, a line gets one; a plain word needs none. */
  static List<String> words(List<String> command) {
    return command.size() == 1 && !ShellWords.isPlainWord(command.getFirst())
        ? List.of("sh", "-c", command.getFirst())
        : command;
  }
}
