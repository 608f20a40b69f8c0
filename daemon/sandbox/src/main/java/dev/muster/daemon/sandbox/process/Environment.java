package dev.muster.daemon.sandbox.process;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What of the sandbox's own environment a command gets: what it needs to be found and to speak. */
final class Environment {

  private static final List<String> PASSED =
      List.of("HOME", "LANG", "LC_ALL", "PATH", "TMPDIR", "USER");

  private Environment() {}

  static Map<String, String> basic() {
    Map<String, String> result = new TreeMap<>(System.getenv());
    result.keySet().retainAll(PASSED);
    return result;
  }
}
