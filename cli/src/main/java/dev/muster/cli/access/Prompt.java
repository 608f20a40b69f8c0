package dev.muster.cli.access;

import dev.muster.cli.CliFailure;
import dev.muster.cli.Io;
import dev.muster.cli.Question;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Asks the person at the terminal. Byte by byte: what is typed ahead is for the next question. */
final class Prompt {
  /** No token is longer: a header of an HTTP request must hold it. */
  private static final int MOST_BYTES = 64 * 1024;

  private Prompt() {}

  static boolean yes(Io io, String question) {
    return Question.yes(io, question);
  }

  static String line(Io io, String question) {
    io.err().print(question).flush();
    return read(io, true);
  }

  /** Without showing what is typed. */
  static String secret(Io io, String question) {
    boolean hidden = stty("-echo");
    Thread restore = new Thread(() -> stty("echo"));
    if (hidden) {
      Runtime.getRuntime().addShutdownHook(restore);
    }
    try {
      if (!hidden) {
        io.warn("warning: this terminal will show what you type");
      }
      return line(io, question);
    } finally {
      if (hidden) {
        Runtime.getRuntime().removeShutdownHook(restore);
        stty("echo");
        io.warn("");
      }
    }
  }

  /** Everything on standard input. */
  static String rest(Io io) {
    String text = read(io, false);
    if (text.isEmpty()) {
      throw CliFailure.usage("--token -: standard input is empty");
    }
    return text;
  }

  private static String read(Io io, boolean line) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      for (int c = io.in().read(); c >= 0 && !(line && c == '\n'); c = io.in().read()) {
        if (text.size() == MOST_BYTES) {
          throw CliFailure.usage("what was given is too long for a token");
        }
        text.write(c);
      }
    } catch (IOException e) {
      throw CliFailure.usage("standard input cannot be read: " + e.getMessage());
    }
    return text.toString(StandardCharsets.UTF_8).strip();
  }

  /** Whether the terminal did so; what is typed is never an argument of it. */
  private static boolean stty(String mode) {
    try {
      Process stty =
          new ProcessBuilder("stty", mode)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return stty.waitFor(2, TimeUnit.SECONDS) && stty.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
