package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The groups of workers: the options are about the first, which the default template has. */
final class WorkerGroups {
  private final Settings settings;
  private final Scaling scaling;
  private final ExtendedResources extended;
  private final List<Group> groups = new ArrayList<>();

  /** Those that were added, with what they alone ask for. */
  private final Map<Group, MoreGroups.Wanted> added = new LinkedHashMap<>();

  WorkerGroups(Settings settings, Scaling scaling, ExtendedResources extended) {
    this.settings = settings;
    this.scaling = scaling;
    this.extended = extended;
  }

  List<Group> all() {
    return groups;
  }

  /**
   * Sets what the options of workers say, and adds the groups that are asked for.
   *
   * @param spec of the RayCluster
   * @param name of the cluster
   */
  void set(ObjectNode spec, String name, List<String> warnings) {
    for (JsonNode one : spec.path("workerGroupSpecs")) {
      if (one instanceof ObjectNode group) {
        groups.add(new Group("worker", group));
      }
    }
    List<MoreGroups.Wanted> more = MoreGroups.read(settings);
    boolean asked =
        settings.has("num-of-hosts")
            || OptionNames.KNOWN.stream()
                .anyMatch(option -> option.startsWith("worker-") && settings.has(option));
    if (groups.isEmpty()) {
      if (asked || scaling.asksForWorkers() || !more.isEmpty()) {
        throw new Failure(
            Failure.Kind.USAGE, "The template has no workerGroupSpecs to set worker options on.");
      }
      return;
    }
    int there = groups.size();
    ObjectNode first = groups.getFirst().tree();
    more.forEach(wanted -> add(spec.withArrayProperty("workerGroupSpecs"), first, wanted));
    groups.getFirst().set(settings, extended);
    scaling.setOn(first);
    settings.hosts().ifPresent(n -> first.put("numOfHosts", n));
    String groupName = first.path("groupName").asText("");
    Optional<String> given = settings.checked("worker-group-name", Syntax::object);
    if (given.isPresent()) {
      first.put("groupName", given.get());
    } else if (groupName.isEmpty() || groupName.equals("small-group-raycluster")) {
      first.put("groupName", "small-group-" + name);
    }
    if (there > 1 && (asked || scaling.isGiven())) {
      warnings.add(
          "The template has "
              + there
              + " groups of workers; the worker options set the first one.");
    }
    List<String> names =
        groups.stream().map(group -> group.tree().path("groupName").asText()).toList();
    for (MoreGroups.Wanted wanted : more) {
      if (names.indexOf(wanted.name()) != names.lastIndexOf(wanted.name())) {
        Settings.complain(MoreGroups.OPTION, wanted.name(), "is the name of two groups");
      }
    }
  }

  private void add(ArrayNode specs, ObjectNode first, MoreGroups.Wanted wanted) {
    ObjectNode tree = first.deepCopy();
    tree.put("groupName", wanted.name());
    tree.put("replicas", 1).put("minReplicas", 1).put("maxReplicas", 1);
    Group group = new Group("worker", tree);
    specs.add(tree);
    groups.add(group);
    added.put(group, wanted);
    of(
        wanted,
        own -> {
          group.set(settingsOf(own, "worker-tolerations"), extended);
          group.set(own, extended);
          scaling.within(own).setOn(tree);
          own.hosts().ifPresent(n -> tree.put("numOfHosts", n));
        });
  }

  /** What the group has from the first group's options unless it says something else itself. */
  private Settings settingsOf(Settings own, String option) {
    return own.has(option) || !settings.has(option)
        ? new Settings(Map.of())
        : new Settings(Map.of(option, settings.texts(option)));
  }

  /** After what is for all groups: what one of them says itself wins. */
  void refine() {
    added.forEach(
        (group, wanted) ->
            of(
                wanted,
                own -> {
                  Images.checked(own).ifPresent(group::image);
                  Map<String, String> envs = own.pairs("envs", Syntax::variable, Syntax::anything);
                  if (!envs.isEmpty()) {
                    group.variables(envs);
                  }
                  Map<String, String> labels = own.pairs("labels", Syntax::key, Syntax::labelValue);
                  if (!labels.isEmpty()) {
                    group.labels(labels);
                  }
                }));
  }

  private static void of(MoreGroups.Wanted wanted, Consumer<Settings> change) {
    try {
      change.accept(wanted.settings());
    } catch (Failure e) {
      throw MoreGroups.in(wanted.name(), e.getMessage());
    }
  }
}
