package dev.muster.daemon.kubernetes.define;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was typed, as tests write it down. */
public final class OptionPairs {
  private OptionPairs() {}

  /** Each option once, by pairs of name and value. */
  public static Map<String, List<String>> options(String... pairs) {
    Map<String, List<String>> options = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      options.put(pairs[i], List.of(pairs[i + 1]));
    }
    return options;
  }
}
