package dev.muster.proto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A daemon that takes connections and answers nobody, and why, as far as can be seen.
 *
 * @param pid its process; 0 if that is not known
 * @param state as the kernel names it (proc_pid_stat(5)): 'T' and 't' are stopped; ' ' if that is
 *     not known
 */
record SilentDaemon(long pid, char state) {

  static SilentDaemon at(Places places) {
    long pid = ReadyFile.read(places.ready()).map(ReadyFile::pid).orElse(0L);
    return new SilentDaemon(pid, state(pid));
  }

  boolean isStopped() {
    return state == 'T' || state == 't';
  }

  DaemonException failure(Places places) {
    String sentence;
    if (isStopped()) {
      sentence =
          "the daemon is stopped and answers nobody; let it go on with 'kill -CONT %1$d', or end it with 'kill -9 %1$d'"
              .formatted(pid);
    } else if (pid == 0) {
      sentence = "the daemon does not answer; its log is %s".formatted(places.log());
    } else {
      sentence =
          "the daemon does not answer; end it with 'kill -9 %d' and try again; its log is %s"
              .formatted(pid, places.log());
    }
    return new DaemonException(DaemonException.Kind.SILENT, sentence);
  }

  /** Follows the name of the program, which stands in brackets and may have anything in it. */
  private static char state(long pid) {
    try {
      String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return line.charAt(line.lastIndexOf(')') + 2);
    } catch (IOException | IndexOutOfBoundsException e) {
      return ' ';
    }
  }
}
