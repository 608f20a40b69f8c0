package dev.muster.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The name that this process was called by, which is that of a link where it was called by one. The
 * JVM form is told by the script that starts it; the native command reads its first argument, since
 * the JDK knows only what a link leads to.
 */
final class CalledAs {
  /** The system property that the script sets. */
  static final String PROPERTY = "muster.called-as";

  private CalledAs() {}

  /** Without the directories; empty if it cannot be known. */
  static String name() {
    String told = System.getProperty(PROPERTY, "");
    return base(told.isEmpty() ? first(Path.of("/proc/self/cmdline")) : told);
  }

  static String base(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The first of the arguments in a file of proc(5). */
  static String first(Path file) {
    try {
      String all = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      int end = all.indexOf('\0');
      return end < 0 ? all : all.substring(0, end);
    } catch (IOException e) {
      return "";
    }
  }
}
