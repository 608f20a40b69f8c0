package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.core.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The settings that a job is submitted with, as they were typed. */
final class Given {
  private final Map<String, List<String>> settings;

  Given(Map<String, List<String>> settings) {
    this.settings = settings;
  }

  /** The last one counts, as on every command line; empty for none. */
  String one(String name) {
    List<String> values = settings.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getLast().strip();
  }

  Optional<String> maybe(String name) {
    return Optional.of(one(name)).filter(value -> !value.isEmpty());
  }

  List<String> all(String name) {
    return settings.getOrDefault(name, List.of());
  }

  boolean flag(String name) {
    return settings.containsKey(name) && !one(name).equals("false");
  }

  /** "K=V" each; a value can have "=" in it. */
  Map<String, String> pairs(String name) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : all(name)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        // The text could be a secret that somebody forgot to name.
        throw Failure.usage("--" + name + ": write NAME=VALUE.");
      }
      pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return pairs;
  }

  /** Refuses what has no effect, rather than leave somebody in the belief that it has. */
  void only(Set<String> known, String where) {
    List<String> others = new ArrayList<>(new TreeSet<>(settings.keySet()));
    others.removeIf(name -> known.contains(name) || all(name).isEmpty());
    if (!others.isEmpty()) {
      throw Failure.usage("--" + others.getFirst() + " does not go with " + where + ".");
    }
  }
}
