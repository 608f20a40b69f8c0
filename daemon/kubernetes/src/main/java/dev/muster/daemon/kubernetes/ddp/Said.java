package dev.muster.daemon.kubernetes.ddp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.define.Syntax;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What was said of a job, field by field, and where each was said, so that every complaint names
 * its place: "--cpu", or "train.job.yaml, line 3: cpu".
 */
final class Said {
  private static final List<String> BACKENDS = List.of("c10d", "static", "etcd-v2", "etcd");
  private static final List<String> SCHEDULERS = List.of("ray", "kubernetes");
  private static final Pattern MODULE = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*");
  private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");
  private static final int MOST = 100_000_000;

  private final Map<Field, JsonNode> values = new EnumMap<>(Field.class);
  private final Map<Field, String> places = new EnumMap<>(Field.class);

  void put(Field field, JsonNode value, String place) {
    places.put(field, place);
    values.put(field, checked(field, value));
  }

  boolean has(Field field) {
    return values.containsKey(field);
  }

  /** What the other says wins. */
  void over(Said other) {
    values.putAll(other.values);
    places.putAll(other.places);
  }

  /** In the fields' order. */
  Map<Field, JsonNode> values() {
    return values;
  }

  Failure wrong(Field field, String value, String rule) {
    return Failure.usage(places.get(field) + ": \"" + value + "\" " + rule + ".");
  }

  /** In the form in which it is kept. */
  private JsonNode checked(Field field, JsonNode value) {
    return switch (field.type) {
      case TEXT -> Yaml.JSON.getNodeFactory().textNode(text(field, value));
      case NUMBER -> Yaml.JSON.getNodeFactory().numberNode(whole(field, text(field, value)));
      case WORDS -> array(words(field, value));
      case PAIRS -> {
        ObjectNode pairs = Yaml.JSON.createObjectNode();
        value.properties().forEach(e -> pairs.put(e.getKey(), pair(field, e)));
        yield pairs;
      }
      case MOUNTS -> array(mounts(field, words(field, value)).stream().map(Mount::text).toList());
    };
  }

  /** Values can be secrets: only the key is named. */
  private String pair(Field field, Map.Entry<String, JsonNode> entry) {
    if (!entry.getValue().isValueNode() || entry.getValue().isNull()) {
      throw wrong(field, entry.getKey(), "has no single value");
    }
    return entry.getValue().asText();
  }

  private static ArrayNode array(List<String> words) {
    ArrayNode array = Yaml.JSON.createArrayNode();
    words.forEach(array::add);
    return array;
  }

  private String text(Field field, JsonNode value) {
    if (!value.isValueNode() || value.isNull()) {
      throw wrong(field, Yaml.json(value), "is not one value");
    }
    return value.asText();
  }

  private List<String> words(Field field, JsonNode value) {
    List<String> words = new ArrayList<>();
    value.forEach(word -> words.add(text(field, word)));
    return words;
  }

  private List<Mount> mounts(Field field, List<String> words) {
    try {
      return Mount.parse(words);
    } catch (IllegalArgumentException e) {
      throw wrong(field, String.join(",", words), e.getMessage());
    }
  }

  private int whole(Field field, String text) {
    if (!WHOLE.matcher(text).matches() || Integer.parseInt(text) > MOST) {
      throw wrong(field, text, "is not a whole number");
    }
    int number = Integer.parseInt(text);
    if (number == 0 && (field == Field.CPU || field == Field.MEM_MB)) {
      throw wrong(field, text, "must be more than 0");
    }
    if (field == Field.RDZV_PORT && (number == 0 || number > 65535)) {
      throw wrong(field, text, "is not a port: use 1 to 65535");
    }
    return number;
  }

  /**
   * The definition.
   *
   * @throws Failure USAGE with the place and the rule
   */
  DdpDefinition definition() {
    if (has(Field.SCRIPT) == has(Field.M)) {
      throw Failure.usage(
          "A job has exactly one of script and m (a module); "
              + (has(Field.M)
                  ? "this has both: drop one of them (" + places.get(Field.M) + ")."
                  : "this has neither: say --script FILE.py or --m MODULE."));
    }
    checked(Field.SCRIPT, script -> script.isBlank() ? Optional.of("is empty") : Optional.empty());
    checked(
        Field.M,
        module ->
            MODULE.matcher(module).matches()
                ? Optional.empty()
                : Optional.of("is not the name of a Python module such as package.train"));
    checked(Field.NAME, Names::broken);
    checked(Field.RDZV_BACKEND, backend -> noneOf(BACKENDS, backend));
    checked(Field.SCHEDULER, scheduler -> noneOf(SCHEDULERS, scheduler));
    checked(Field.H, Syntax::labelValue);
    checked(Field.CLUSTER_NAME, Syntax::cluster);
    checked(Field.LOCAL_QUEUE, queue -> queue.isEmpty() ? Optional.empty() : Syntax.object(queue));
    Map<String, String> env = pairs(Field.ENV);
    env.keySet()
        .forEach(
            key ->
                Syntax.variable(key)
                    .ifPresent(
                        rule -> {
                          throw wrong(Field.ENV, key, rule);
                        }));
    return new DdpDefinition(
        text(Field.SCRIPT),
        text(Field.M),
        words(Field.SCRIPT_ARGS),
        has(Field.NAME) ? text(Field.NAME) : Names.from(text(Field.SCRIPT), text(Field.M)),
        number(Field.CPU),
        number(Field.GPU),
        number(Field.MEM_MB),
        text(Field.H),
        procs(),
        env,
        has(Field.MAX_RETRIES) ? number(Field.MAX_RETRIES) : 0,
        Mount.parse(words(Field.MOUNTS)),
        has(Field.RDZV_PORT) ? number(Field.RDZV_PORT) : DdpDefinition.DEFAULT_PORT,
        text(Field.RDZV_BACKEND),
        schedulerArgs(),
        text(Field.IMAGE),
        text(Field.WORKSPACE),
        text(Field.SCHEDULER),
        text(Field.CLUSTER_NAME),
        text(Field.LOCAL_QUEUE));
  }

  private Map<String, String> schedulerArgs() {
    Map<String, String> args = pairs(Field.SCHEDULER_ARGS);
    args.forEach(
        (key, value) ->
            SchedulerArgs.broken(key, value)
                .ifPresent(
                    rule -> {
                      throw wrong(Field.SCHEDULER_ARGS, key, rule);
                    }));
    return args;
  }

  private Procs procs() {
    if (!has(Field.J)) {
      return null;
    }
    String typed = text(Field.J);
    return Procs.parse(typed)
        .orElseThrow(
            () ->
                wrong(
                    Field.J,
                    typed,
                    "is not of the form [MIN:]NODESxPROCESSES, such as 2x4 or 1:4x8"));
  }

  private void checked(Field field, Function<String, Optional<String>> rule) {
    if (has(field)) {
      String value = text(field);
      rule.apply(value)
          .ifPresent(
              broken -> {
                throw wrong(field, value, broken);
              });
    }
  }

  private static Optional<String> noneOf(List<String> known, String value) {
    return known.contains(value)
        ? Optional.empty()
        : Optional.of("is none of " + String.join(", ", known));
  }

  private String text(Field field) {
    return has(field) ? values.get(field).asText() : null;
  }

  private Integer number(Field field) {
    return has(field) ? values.get(field).asInt() : null;
  }

  private List<String> words(Field field) {
    return has(field) ? words(field, values.get(field)) : List.of();
  }

  private Map<String, String> pairs(Field field) {
    Map<String, String> pairs = new LinkedHashMap<>();
    if (has(field)) {
      values.get(field).properties().forEach(e -> pairs.put(e.getKey(), e.getValue().asText()));
    }
    return pairs;
  }
}
