package dev.muster.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a command may touch of the process it runs in: handed in, so that a test can hand in
 * something else.
 *
 * @param in standard input
 * @param out results, and nothing else
 * @param err progress, questions and warnings
 * @param inTerminal whether a person can answer
 * @param outTerminal whether a person looks at the results
 * @param errTerminal whether a person looks at the progress
 * @param environment the variables of the process
 * @param directory where relative paths start
 * @param clock the wall clock
 * @param zone the user's, asked for only where a time of day is shown: finding it out is not free
 */
public record Io(
    InputStream in,
    Out out,
    Out err,
    boolean inTerminal,
    boolean outTerminal,
    boolean errTerminal,
    Map<String, String> environment,
    Path directory,
    Clock clock,
    Supplier<ZoneId> zone) {

  /** By proc(5). */
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  /** Held, since the JDK closes a file that nobody holds. */
  private static final List<InputStream> FILLERS = new ArrayList<>();

  /** Of this process. */
  public static Io system() {
    return new Io(
        new FileInputStream(FileDescriptor.in),
        new Out(new FileOutputStream(FileDescriptor.out)),
        new Out(new FileOutputStream(FileDescriptor.err)),
        isTerminal(0),
        isTerminal(1),
        isTerminal(2),
        System.getenv(),
        Path.of("").toAbsolutePath(),
        Clock.systemUTC(),
        ZoneId::systemDefault);
  }

  /**
   * Puts /dev/null, for reading, where a standard stream was closed by whoever started the process:
   * the next file that is opened would get its number, and what is printed would be written into
   * it. This way reading finds the end, and writing fails.
   *
   * @param descriptors of this process; where there is no such directory nothing can be seen
   */
  static boolean fill(Path descriptors, int descriptor) {
    if (Files.exists(descriptors.resolve(String.valueOf(descriptor)), LinkOption.NOFOLLOW_LINKS)
        || !Files.exists(descriptors)) {
      return false;
    }
    try {
      return FILLERS.add(new FileInputStream("/dev/null"));
    } catch (IOException e) {
      return false;
    }
  }

  /** One line to standard error, at once. A reader of it who went away is not missed. */
  public void warn(String line) {
    try {
      err.println(line).flush();
    } catch (Out.Closed e) {
      // The exit code tells the rest.
    }
  }

  /** The JDK can tell only whether all three are one terminal. */
  private static boolean isTerminal(int descriptor) {
    fill(DESCRIPTORS, descriptor);
    try {
      String target =
          Files.readSymbolicLink(DESCRIPTORS.resolve(String.valueOf(descriptor))).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException e) {
      return System.console() != null && System.console().isTerminal();
    }
  }
}
