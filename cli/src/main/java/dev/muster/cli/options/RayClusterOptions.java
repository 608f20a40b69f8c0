package dev.muster.cli.options;

import dev.muster.v1.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * What describes a Ray cluster: the fields of codeflare-sdk's ClusterConfiguration in kebab case,
 * with the names that its command line and KubeRay's use for them. The values go to the daemon as
 * they were typed, which checks them and names the option in its answer.
 */
public final class RayClusterOptions {
  /** The mixin's name, which is also its heading in the help. */
  public static final String MIXIN = "cluster";

  /**
   * @param sets canonical names of the settings; one spelling may set two
   */
  private record Field(List<String> names, List<String> sets, String label, String description) {}

  private static final List<Field> FIELDS =
      List.of(
          field("IMAGE", "The image of all containers.", "image"),
          field("VERSION", "The version of Ray in the image.", "ray-version"),
          field("COUNT", "How many workers.", "num-workers", "workers", "worker-replicas"),
          field("COUNT", "Workers at least, where they are scaled.", "min-workers"),
          field("COUNT", "Workers at most, where they are scaled.", "max-workers"),
          field("QUANTITY", "CPU that the head asks for.", "head-cpu-requests"),
          field("QUANTITY", "CPU that the head may use.", "head-cpu-limits"),
          field(
              "QUANTITY",
              "Memory that the head asks for; a bare number is G.",
              "head-memory-requests"),
          field("QUANTITY", "Memory that the head may use.", "head-memory-limits"),
          field("COUNT", "GPUs of the head.", "head-gpus", "head-gpu"),
          field("QUANTITY", "CPU that each worker asks for.", "worker-cpu-requests", "min-cpus"),
          field("QUANTITY", "CPU that each worker may use.", "worker-cpu-limits", "max-cpus"),
          field(
              "QUANTITY",
              "Memory that each worker asks for; a bare number is G.",
              "worker-memory-requests",
              "min-memory"),
          field(
              "QUANTITY", "Memory that each worker may use.", "worker-memory-limits", "max-memory"),
          field(
              "COUNT",
              "GPUs of each worker.",
              "worker-gpus",
              "worker-gpu",
              "num-gpus",
              "gpu",
              "gpus"),
          both("head-cpu"),
          both("head-memory"),
          both("worker-cpu"),
          both("worker-memory"),
          field("K=V", "A label; may be repeated.", "labels", "label"),
          field("K=V", "An annotation; may be repeated.", "annotations", "annotation"),
          field("K=V", "An environment variable; may be repeated.", "envs", "env"),
          field("NAME", "A secret to pull images with; may be repeated.", "image-pull-secrets"),
          field("QUEUE", "The Kueue local queue.", "local-queue"),
          field("NAME", "The service account of all pods.", "service-account"));

  private RayClusterOptions() {}

  private static Field field(String label, String description, String... names) {
    return new Field(List.of(names), List.of(names[0]), label, description);
  }

  private static Field both(String name) {
    return new Field(
        List.of(name),
        List.of(name + "-requests", name + "-limits"),
        "QUANTITY",
        "Both --%s-requests and --%s-limits.".formatted(name, name));
  }

  /**
   * The options, to be added to a command as a mixin: a table needs no fields and no reflection.
   */
  public static CommandSpec mixin() {
    CommandSpec mixin = CommandSpec.create();
    for (Field field : FIELDS) {
      mixin.addOption(
          OptionSpec.builder(field.names().stream().map(name -> "--" + name).toArray(String[]::new))
              .paramLabel(field.label())
              .arity("1")
              .type(List.class)
              .auxiliaryTypes(String.class)
              .description(field.description())
              .build());
    }
    return mixin;
  }

  /** What was typed, by canonical name, in the order of the help: the same request each time. */
  public static List<Setting> settings(ParseResult typed) {
    Map<String, Setting.Builder> settings = new LinkedHashMap<>();
    List<Field> wide = new ArrayList<>();
    for (Field field : FIELDS) {
      List<String> values = values(typed, field);
      if (field.sets().size() > 1) {
        wide.add(field);
      } else if (!values.isEmpty()) {
        add(settings, field.sets().get(0), values);
      }
    }
    for (Field field : wide) {
      List<String> values = values(typed, field);
      for (String name : field.sets()) {
        if (!values.isEmpty() && !settings.containsKey(name)) {
          add(settings, name, values);
        }
      }
    }
    return settings.values().stream().map(Setting.Builder::build).toList();
  }

  private static void add(Map<String, Setting.Builder> settings, String name, List<String> values) {
    settings.put(name, Setting.newBuilder().setName(name).addAllValues(values));
  }

  private static List<String> values(ParseResult typed, Field field) {
    String name = "--" + field.names().get(0);
    return typed.hasMatchedOption(name)
        ? typed.matchedOption(name).originalStringValues()
        : List.of();
  }
}
