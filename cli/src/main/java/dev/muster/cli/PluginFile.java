package dev.muster.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The file that KubeRay's plugin takes with {@code create cluster --file}, as options of ours: a
 * RayCluster in the plugin's own words, such as "worker-groups" and "ray-version".
 */
final class PluginFile {
  /** Of the head and of a group: what the plugin calls it, and our option without its prefix. */
  private static final Map<String, String> AMOUNTS =
      Map.of(
          "cpu", "cpu",
          "memory", "memory",
          "gpu", "gpu",
          "tpu", "tpu",
          "ephemeral-storage", "ephemeral-storage",
          "ray-start-params", "ray-start-params",
          "node-selectors", "node-selectors");

  /** Wide enough for any group on one line. */
  private static final int WIDTH = 1 << 20;

  private final String file;
  private final List<String> options = new ArrayList<>();

  private PluginFile(String file) {
    this.file = file;
  }

  /**
   * In the order of the file; the name as {@code --name}, the namespace as {@code --namespace}.
   *
   * @throws CliFailure naming the file, and the line or the field
   */
  static List<String> options(String file) {
    PluginFile read = new PluginFile(file);
    read.map("", read.tree()).forEach(read::top);
    return read.options;
  }

  private Object tree() {
    try {
      String text = Files.readString(Path.of(file));
      return new Load(LoadSettings.builder().setLabel(file).build()).loadFromString(text);
    } catch (NoSuchFileException e) {
      throw CliFailure.usage("there is no file '" + file + "'");
    } catch (IOException e) {
      throw CliFailure.usage("'" + file + "' cannot be read: " + e.getMessage());
    } catch (MarkedYamlEngineException e) {
      String line = e.getProblemMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("");
      throw CliFailure.usage("'%s'%s is not YAML: %s".formatted(file, line, e.getProblem()));
    } catch (YamlEngineException e) {
      throw CliFailure.usage("'%s' is not YAML: %s".formatted(file, e.getMessage()));
    }
  }

  private void top(String key, Object value) {
    switch (key) {
      case "name", "namespace", "image", "ray-version", "service-account" ->
          add("--" + key, scalar(key, value));
      case "labels", "annotations" -> pairs("--" + key, key, value);
      case "head" -> map(key, value).forEach((field, v) -> amount("head", key, field, v));
      case "worker-groups" -> groups(value);
      case "autoscaler" -> map(key, value).forEach(this::autoscaler);
      case "gke" -> map(key, value).forEach(this::gke);
      default -> throw unknown(key);
    }
  }

  private void autoscaler(String field, Object value) {
    if (!field.equals("version")) {
      throw unknown("autoscaler." + field);
    }
    add("--autoscaler", scalar("autoscaler.version", value));
  }

  private void gke(String field, Object value) {
    if (!field.equals("gcsfuse")) {
      throw unknown("gke." + field);
    }
    PluginBucket bucket = new PluginBucket(file, map("gke.gcsfuse", value));
    add("--volumes", flow(bucket.volume()));
    add("--volume-mounts", flow(bucket.mount()));
    bucket.annotations().forEach((key, text) -> add("--annotations", key + "=" + text));
  }

  private void amount(String prefix, String path, String field, Object value) {
    String option = AMOUNTS.get(field);
    if (option == null) {
      throw unknown(path + "." + field);
    }
    if (value instanceof Map) {
      pairs("--" + prefix + "-" + option, path + "." + field, value);
    } else {
      add("--" + prefix + "-" + option, scalar(path + "." + field, value));
    }
  }

  private void groups(Object value) {
    if (!(value instanceof List<?> groups)) {
      throw CliFailure.usage("'%s': worker-groups is not a list".formatted(file));
    }
    for (int i = 0; i < groups.size(); i++) {
      String path = "worker-groups[" + i + "]";
      Map<String, Object> group = map(path, groups.get(i));
      if (i == 0) {
        group.forEach((field, v) -> first(path, field, v));
      } else {
        options.add("--worker-group");
        options.add(another(path, group));
      }
    }
  }

  /** The template has one group already. */
  private void first(String path, String field, Object value) {
    switch (field) {
      case "name" -> add("--worker-group-name", scalar(path + ".name", value));
      case "replicas" -> add("--worker-replicas", scalar(path + ".replicas", value));
      case "num-of-hosts" -> add("--num-of-hosts", scalar(path + ".num-of-hosts", value));
      default -> amount("worker", path, field, value);
    }
  }

  private String another(String path, Map<String, Object> group) {
    Map<String, Object> fields = new LinkedHashMap<>();
    group.forEach(
        (field, value) -> {
          if (!List.of("name", "replicas", "num-of-hosts").contains(field)
              && !AMOUNTS.containsKey(field)) {
            throw unknown(path + "." + field);
          }
          fields.put(field.equals("gpu") ? "gpus" : field, value);
        });
    fields.putIfAbsent("name", "default-group-" + path.replaceAll("\\D", ""));
    return flow(fields);
  }

  private static String flow(Map<String, Object> fields) {
    return new Dump(
            DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.FLOW)
                .setWidth(WIDTH)
                .setSplitLines(false)
                .build())
        .dumpToString(fields)
        .strip();
  }

  private void pairs(String option, String path, Object value) {
    map(path, value).forEach((key, v) -> add(option, key + "=" + scalar(path + "." + key, v)));
  }

  private void add(String option, String value) {
    options.add(option);
    options.add(value);
  }

  private String scalar(String path, Object value) {
    if (value == null || value instanceof Map || value instanceof List) {
      throw CliFailure.usage("'%s': %s has no value of one word".formatted(file, path));
    }
    return value.toString();
  }

  private Map<String, Object> map(String path, Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw CliFailure.usage(
          "'%s'%s is not a list of fields".formatted(file, path.isEmpty() ? "" : ": " + path));
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    map.forEach((key, field) -> fields.put(String.valueOf(key), field));
    return fields;
  }

  private CliFailure unknown(String path) {
    return CliFailure.usage("'%s' has a field that is not known: %s".formatted(file, path));
  }
}
