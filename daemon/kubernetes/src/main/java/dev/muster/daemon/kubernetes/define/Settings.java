package dev.muster.daemon.kubernetes.define;

import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Nearest;
import dev.muster.daemon.kubernetes.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Options as they were typed, read by what they must be. Every complaint names the option, the
 * value and the rule.
 */
final class Settings {
  static final Set<String> KNOWN =
      new TreeSet<>(
          Set.of(
              "name",
              "namespace",
              "image",
              "ray-version",
              "head-cpu-requests",
              "head-cpu-limits",
              "head-memory-requests",
              "head-memory-limits",
              "head-gpus",
              "worker-cpu-requests",
              "worker-cpu-limits",
              "worker-memory-requests",
              "worker-memory-limits",
              "worker-gpus",
              "num-workers",
              "min-workers",
              "max-workers",
              "labels",
              "annotations",
              "envs",
              "image-pull-secrets",
              "local-queue",
              "service-account"));

  /**
   * A comma separates pairs only where another "key=" follows: "A=1,2" is one pair, "A=1,B=2" are
   * two.
   */
  private static final Pattern BETWEEN_PAIRS = Pattern.compile(",(?=[^,=]+=)");

  private static final int MOST_WORKERS = 10_000;
  private static final int MOST_GPUS = 1_000;

  private final Map<String, List<String>> settings;

  Settings(Map<String, List<String>> settings) {
    this.settings = settings;
    for (String name : settings.keySet()) {
      if (!KNOWN.contains(name)) {
        List<String> near = Nearest.to(name, KNOWN);
        throw new Failure(
            Failure.Kind.USAGE,
            "--"
                + name
                + " is not an option of a RayCluster"
                + (near.isEmpty()
                    ? "; the options are --" + String.join(", --", KNOWN) + "."
                    : "; did you mean --" + String.join(" or --", near) + "?"));
      }
    }
  }

  boolean has(String option) {
    return settings.containsKey(option);
  }

  /** The last value wins, as on every command line. */
  Optional<String> text(String option) {
    List<String> values = settings.getOrDefault(option, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
  }

  Optional<String> checked(String option, Function<String, Optional<String>> rule) {
    Optional<String> value = text(option);
    value.flatMap(rule).ifPresent(broken -> complain(option, value.get(), broken));
    return value;
  }

  Optional<Integer> workers(String option) {
    return count(option, MOST_WORKERS);
  }

  Optional<Integer> gpus(String option) {
    return count(option, MOST_GPUS);
  }

  private Optional<Integer> count(String option, int most) {
    return text(option)
        .map(
            value -> {
              if (!value.matches("\\d{1,6}") || Integer.parseInt(value) > most) {
                complain(option, value, "is not a whole number from 0 to " + most);
              }
              return Integer.parseInt(value);
            });
  }

  /** A number of cores as Kubernetes writes it. */
  Optional<String> cpu(String option) {
    Optional<String> value = text(option);
    value.ifPresent(text -> positive(option, text, "500m, 2 or 1.5"));
    return value;
  }

  /** A number of bytes; one without a unit is in gigabytes. */
  Optional<String> memory(String option) {
    Optional<String> value = text(option).map(v -> v.matches("\\d+(\\.\\d+)?") ? v + "G" : v);
    value.ifPresent(text -> positive(option, text, "512Mi, 8G or 8"));
    return value;
  }

  private void positive(String option, String value, String examples) {
    Optional<Quantity> quantity = Quantity.parse(value);
    if (quantity.isEmpty()) {
      complain(option, value, "is not a Kubernetes quantity such as " + examples);
    }
    if (quantity.get().compareTo(Quantity.ZERO) <= 0) {
      complain(option, value, "must be more than 0");
    }
  }

  /** "k=v" as often as given, or several in one value with commas between. */
  Map<String, String> pairs(
      String option,
      Function<String, Optional<String>> keyRule,
      Function<String, Optional<String>> valueRule) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String typed : settings.getOrDefault(option, List.of())) {
      for (String pair : BETWEEN_PAIRS.split(typed, -1)) {
        int equals = pair.indexOf('=');
        if (equals <= 0) {
          complain(option, pair, "is not of the form key=value");
        }
        String key = pair.substring(0, equals).strip();
        String value = pair.substring(equals + 1);
        keyRule.apply(key).ifPresent(broken -> complain(option, key, broken));
        valueRule.apply(value).ifPresent(broken -> complain(option, value, broken));
        pairs.put(key, value);
      }
    }
    return pairs;
  }

  /** Names, as often as given or with commas between. */
  List<String> names(String option) {
    List<String> names = new ArrayList<>();
    for (String typed : settings.getOrDefault(option, List.of())) {
      for (String name : typed.split(",", -1)) {
        Syntax.object(name.strip()).ifPresent(broken -> complain(option, name, broken));
        names.add(name.strip());
      }
    }
    return names;
  }

  static void complain(String option, String value, String rule) {
    throw new Failure(Failure.Kind.USAGE, "--" + option + ": \"" + value + "\" " + rule + ".");
  }
}
