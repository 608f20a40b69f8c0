package dev.muster.cli;

import java.io.IOException;

/** What a person is asked; on a terminal only. */
public final class Question {
  private Question() {}

  /** Only "y" and "yes" are a yes. */
  public static boolean yes(Io io, String question) {
    String said = line(io, question + " [y/N] ").strip();
    return said.equalsIgnoreCase("y") || said.equalsIgnoreCase("yes");
  }

  /** What is answered, without the end of the line; as much of it as can be read. */
  public static String line(Io io, String question) {
    io.err().print(question).flush();
    StringBuilder answer = new StringBuilder();
    try {
      for (int c = io.in().read(); c >= 0 && c != '\n'; c = io.in().read()) {
        answer.append((char) c);
      }
    } catch (IOException e) {
      return "";
    }
    return answer.toString();
  }
}
