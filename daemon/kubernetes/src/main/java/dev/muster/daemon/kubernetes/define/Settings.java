package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.Quantity;
import dev.muster.daemon.kubernetes.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Options as they were typed, read by what they must be. Every complaint names the option, the
 * value and the rule.
 */
final class Settings {
  /**
   * A comma separates pairs only where another "key=" follows: "A=1,2" is one pair, "A=1,B=2" are
   * two.
   */
  private static final Pattern BETWEEN_PAIRS = Pattern.compile(",(?=[^,=]+=)");

  private static final int MOST_WORKERS = 10_000;
  private static final int MOST_GPUS = 1_000;

  private final Map<String, List<String>> settings;

  /** Options of a RayCluster. */
  Settings(Map<String, List<String>> settings) {
    this(settings, OptionNames::check);
  }

  /**
   * @param known throws USAGE for the name of an option that there is not
   */
  Settings(Map<String, List<String>> settings, Consumer<String> known) {
    this.settings = settings;
    settings.keySet().forEach(known);
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

  /**
   * The namespace that was asked for, by the option or by the target; empty for none.
   *
   * @throws Failure USAGE if they differ
   */
  Optional<String> namespace(Target target) {
    Optional<String> option = checked("namespace", Syntax::namespace);
    String asked = target.namespace();
    if (asked.isEmpty()) {
      return option;
    }
    Syntax.namespace(asked).ifPresent(broken -> complain("namespace", asked, broken));
    if (option.isPresent() && !option.get().equals(asked)) {
      throw new Failure(
          Failure.Kind.USAGE,
          "Two namespaces are given, " + asked + " and " + option.get() + "; drop one of them.");
    }
    return Optional.of(asked);
  }

  /** The same for names; empty if there is none. */
  Optional<String> name(String given) {
    Optional<String> option = text("name");
    if (!given.isEmpty() && option.isPresent() && !option.get().equals(given)) {
      throw new Failure(
          Failure.Kind.USAGE,
          "Two names are given, " + given + " and --name " + option.get() + "; drop one of them.");
    }
    return given.isEmpty() ? option : Optional.of(given);
  }

  Optional<Integer> workers(String option) {
    return count(option, MOST_WORKERS);
  }

  Optional<Integer> gpus(String option) {
    return count(option, MOST_GPUS);
  }

  Optional<Integer> count(String option, int most) {
    return text(option).map(value -> whole(option, value, most));
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

  /** How many hosts one replica of workers has. */
  Optional<Integer> hosts() {
    Optional<Integer> hosts = count("num-of-hosts", MOST_GPUS);
    if (hosts.orElse(1) == 0) {
      complain("num-of-hosts", "0", "must be more than 0");
    }
    return hosts;
  }

  /** Sentences about options that were given, but change nothing in a manifest. */
  List<String> withoutEffect() {
    List<String> sentences = new ArrayList<>();
    if (!flag("verify-tls").orElse(true)) {
      sentences.add(
          "--verify-tls=false changes nothing in the manifest: it is about connections to a cluster.");
    }
    if (flag("local-interactive").orElse(false)) {
      sentences.add(
          "--local-interactive changes nothing in the manifest: it made the certificates of releases of long ago.");
    }
    if (has("head-info")) {
      sentences.add("--head-info changes nothing: no release has ever used it.");
    }
    return sentences;
  }

  /** Of devices in a group's pod. */
  static int device(String option, String value) {
    return whole(option, value, MOST_GPUS);
  }

  private static int whole(String option, String value, int most) {
    if (!value.matches("\\d{1,9}") || Integer.parseInt(value) > most) {
      complain(option, value, "is not a whole number from 0 to " + most);
    }
    return Integer.parseInt(value);
  }

  /** "true" or "false"; an option without a value is true. */
  Optional<Boolean> flag(String option) {
    return text(option)
        .map(
            value -> {
              String said = value.toLowerCase(Locale.ROOT);
              if (!said.isEmpty() && !said.equals("true") && !said.equals("false")) {
                complain(option, value, "is neither true nor false");
              }
              return !said.equals("false");
            });
  }

  /** Every value, as typed. */
  List<String> texts(String option) {
    return settings.getOrDefault(option, List.of());
  }

  /**
   * "k=v" as often as given, or several in one value with commas between, or a map such as {k: v},
   * which a map of Python's is too.
   */
  Map<String, String> pairs(
      String option,
      Function<String, Optional<String>> keyRule,
      Function<String, Optional<String>> valueRule) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String typed : texts(option)) {
      if (isTree(typed)) {
        for (ObjectNode map : objects(option, typed)) {
          map.properties().forEach(e -> pairs.put(e.getKey(), scalar(option, e.getValue())));
        }
      } else {
        for (String pair : BETWEEN_PAIRS.split(typed, -1)) {
          int equals = pair.indexOf('=');
          if (equals <= 0) {
            complain(option, pair, "is not of the form key=value");
          }
          pairs.put(pair.substring(0, equals).strip(), pair.substring(equals + 1));
        }
      }
    }
    pairs.forEach(
        (key, value) -> {
          keyRule.apply(key).ifPresent(broken -> complain(option, key, broken));
          valueRule.apply(value).ifPresent(broken -> complain(option, value, broken));
        });
    return pairs;
  }

  /** Words, as often as given, with commas between, or as a list such as [a, b]. */
  List<String> words(String option, Function<String, Optional<String>> rule) {
    List<String> words = new ArrayList<>();
    for (String typed : texts(option)) {
      if (isTree(typed)) {
        tree(option, typed).forEach(one -> words.add(scalar(option, one)));
      } else {
        List.of(typed.split(",", -1)).forEach(word -> words.add(word.strip()));
      }
    }
    words.forEach(word -> rule.apply(word).ifPresent(broken -> complain(option, word, broken)));
    return words;
  }

  /** Whether a value is YAML or JSON rather than the short form of its option. */
  static boolean isTree(String typed) {
    return typed.strip().startsWith("{") || typed.strip().startsWith("[");
  }

  /** Objects in YAML or JSON, one in each value or several in a list. */
  List<ObjectNode> objects(String option) {
    List<ObjectNode> objects = new ArrayList<>();
    texts(option).forEach(typed -> objects.addAll(objects(option, typed)));
    return objects;
  }

  static List<ObjectNode> objects(String option, String typed) {
    JsonNode tree = tree(option, typed);
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode one : tree.isArray() ? tree : Yaml.JSON.createArrayNode().add(tree)) {
      if (!(one instanceof ObjectNode object)) {
        complain(option, typed, "is not an object such as {key: value}, or a list of such");
        continue;
      }
      objects.add(object);
    }
    return objects;
  }

  private static JsonNode tree(String option, String typed) {
    return Yaml.parse(typed.getBytes(StandardCharsets.UTF_8), "--" + option);
  }

  private static String scalar(String option, JsonNode value) {
    if (!value.isValueNode() || value.isNull()) {
      complain(option, Yaml.json(value), "is not one value");
    }
    return value.asText();
  }

  static void complain(String option, String value, String rule) {
    throw new Failure(Failure.Kind.USAGE, "--" + option + ": \"" + value + "\" " + rule + ".");
  }
}
