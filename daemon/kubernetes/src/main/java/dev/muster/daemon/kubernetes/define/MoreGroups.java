package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Groups of workers beside the first: the fields of codeflare-sdk's WorkerGroup, as an object in
 * YAML or JSON or as "name=gpus,replicas=2,gpus=1". What is not said is as in the template's first
 * group, before options changed that.
 */
final class MoreGroups {
  static final String OPTION = "additional-worker-groups";

  /** Field of a group, without hyphens: the option of the first group that does the same. */
  private static final Map<String, String> OPTIONS =
      Map.ofEntries(
          Map.entry("cpurequests", "worker-cpu-requests"),
          Map.entry("cpulimits", "worker-cpu-limits"),
          Map.entry("memoryrequests", "worker-memory-requests"),
          Map.entry("memorylimits", "worker-memory-limits"),
          Map.entry("extendedresourcerequests", "worker-extended-resource-requests"),
          Map.entry("tolerations", "worker-tolerations"),
          Map.entry("nodeselectors", "worker-node-selectors"),
          Map.entry("raystartparams", "worker-ray-start-params"),
          Map.entry("ephemeralstorage", "worker-ephemeral-storage"),
          Map.entry("gpus", "worker-gpus"),
          Map.entry("tpu", "worker-tpu"),
          Map.entry("numofhosts", "num-of-hosts"),
          Map.entry("minreplicas", "min-workers"),
          Map.entry("maxreplicas", "max-workers"),
          Map.entry("replicas", "num-workers"),
          Map.entry("image", "image"),
          Map.entry("envs", "envs"),
          Map.entry("labels", "labels"));

  /** Short forms that set two. */
  private static final Map<String, List<String>> BOTH =
      Map.of(
          "cpu", List.of("worker-cpu-requests", "worker-cpu-limits"),
          "memory", List.of("worker-memory-requests", "worker-memory-limits"));

  /** One group: what it is called and what it asks for, as options of a first group. */
  record Wanted(String name, Settings settings) {}

  private MoreGroups() {}

  static List<Wanted> read(Settings settings) {
    List<Wanted> groups = new ArrayList<>();
    for (String typed : settings.texts(OPTION)) {
      if (Settings.isTree(typed)) {
        Settings.objects(OPTION, typed).forEach(one -> groups.add(wanted(one)));
      } else {
        ObjectNode one = Yaml.JSON.createObjectNode();
        new Settings(Map.of(OPTION, List.of(typed)))
            .pairs(OPTION, Syntax::anything, Syntax::anything)
            .forEach(one::put);
        groups.add(wanted(one));
      }
    }
    List<String> names = groups.stream().map(Wanted::name).toList();
    names.stream()
        .filter(name -> names.indexOf(name) != names.lastIndexOf(name))
        .findFirst()
        .ifPresent(name -> Settings.complain(OPTION, name, "is the name of two groups"));
    return groups;
  }

  private static Wanted wanted(ObjectNode given) {
    String name = "";
    String type = "";
    String count = "";
    Map<String, List<String>> options = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : given.properties()) {
      JsonNode value = field.getValue();
      String key = field.getKey().toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
      String text = value.isValueNode() ? value.asText() : Yaml.json(value);
      if (value.isNull() || text.equals("None")) {
        continue;
      }
      switch (key) {
        case "name", "groupname" -> name = text;
        case "gputype" -> type = text;
        case "gpucount" -> count = text;
        case "cpu", "memory" -> BOTH.get(key).forEach(o -> options.put(o, List.of(text)));
        default -> {
          String option = OPTIONS.get(key);
          if (option == null) {
            Settings.complain(OPTION, field.getKey(), "is no field of a group of workers");
          }
          options.put(option, List.of(text));
        }
      }
    }
    if (name.isEmpty()) {
      throw new Failure(
          Failure.Kind.USAGE, "--" + OPTION + ": a group has no name; name=NAME gives it one.");
    }
    String called = name;
    Syntax.namespace(name)
        .ifPresent(
            broken -> Settings.complain(OPTION, called, broken.replace("namespace", "name")));
    if (type.isEmpty() != count.isEmpty()) {
      throw in(name, "gpu-type and gpu-count need each other.");
    }
    if (!type.isEmpty()) {
      String pair = type + "=" + count;
      options.merge(
          "worker-extended-resource-requests",
          List.of(pair),
          (a, b) -> java.util.stream.Stream.concat(a.stream(), b.stream()).toList());
    }
    return new Wanted(name, new Settings(options));
  }

  /** The complaint about an option, said of the group that it stands for. */
  static Failure in(String group, String sentence) {
    return new Failure(
        Failure.Kind.USAGE, "--" + OPTION + ": in the group " + group + ", " + sentence);
  }
}
