package dev.muster.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * The command line of CodeFlare, as a link of that name or typed behind {@code muster codeflare}:
 * its words are ours, but that a job goes to a Ray cluster unless another scheduler is named, and
 * that a cluster on its way into the queue is QUEUEING. It does nothing of its own.
 */
final class Codeflare {
  static final String NAME = "codeflare";

  private Codeflare() {}

  /** Whether those words, typed to a program called so, are CodeFlare's. */
  static boolean isMeant(String program, String... args) {
    return program.equals(NAME) || (args.length > 0 && args[0].equals(NAME));
  }

  /**
   * @param program what this one was called as
   */
  static String[] rewritten(String program, String... args) {
    List<String> words = new ArrayList<>(List.of(args));
    if (!program.equals(NAME)) {
      words.remove(0);
    }
    Entry entry = Resolution.of(words.toArray(String[]::new)).entry();
    if (entry != null && entry.noun().equals("job") && isSubmission(entry.verb())) {
      add(words, "--need-cluster");
    }
    if (entry != null && entry.noun().equals("raycluster") && tellsOfOne(entry.verb())) {
      add(words, "--queueing");
    }
    return words.toArray(String[]::new);
  }

  /** In front of another program's words. */
  private static void add(List<String> words, String option) {
    int end = words.indexOf("--");
    words.add(end < 0 ? words.size() : end, option);
  }

  private static boolean tellsOfOne(String verb) {
    return verb.equals("status") || verb.equals("details");
  }

  private static boolean isSubmission(String verb) {
    return verb.equals("submit") || verb.equals("create");
  }
}
