package dev.muster.cli;

import java.io.IOException;

/** A question that only "y" or "yes" answers with yes. Asked on a terminal only. */
public final class Question {
  private Question() {}

  public static boolean yes(Io io, String question) {
    io.err().print(question).print(" [y/N] ").flush();
    StringBuilder answer = new StringBuilder();
    try {
      for (int c = io.in().read(); c >= 0 && c != '\n'; c = io.in().read()) {
        answer.append((char) c);
      }
    } catch (IOException e) {
      return false;
    }
    String said = answer.toString().strip();
    return said.equalsIgnoreCase("y") || said.equalsIgnoreCase("yes");
  }
}
