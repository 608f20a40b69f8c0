package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Changing.Definition;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The RayCluster that options describe, in an AppWrapper or by itself: a template's tree with the
 * options set on it, never pasted into text, so that no value can leave its place. The same options
 * give the same bytes.
 */
public final class RayClusterDefinition {
  private static final String CLUSTER = "ray.io/cluster";
  private static final String USAGE_STATS = "RAY_USAGE_STATS_ENABLED";

  private final Settings settings;
  private final Wrapping wrapping;
  private final Optional<Wrapper> template;
  private final ObjectNode tree;
  private final List<String> warnings = new ArrayList<>();

  /**
   * @param named whether the template was chosen, rather than being what is taken otherwise
   */
  private RayClusterDefinition(
      Settings settings, ObjectNode tree, boolean named, AppWrappers wrappers) {
    this.settings = settings;
    this.template = Wrapper.template(tree);
    Optional<Boolean> decides =
        named || template.isPresent() ? Optional.of(template.isPresent()) : Optional.empty();
    this.wrapping = new Wrapping(settings, decides, wrappers, warnings);
    this.tree = template.map(Wrapper::cluster).orElse(tree);
  }

  /** Where there is no server to ask, and nobody is to be told. */
  public static Definition define(
      Caller caller,
      Target target,
      String name,
      Map<String, List<String>> options,
      String template) {
    return define(caller, target, name, options, template, null, null);
  }

  /**
   * @param name empty: the option "name", else the template's
   * @param template empty: the default one
   * @param queues the local queues that the cluster may be queued in; null: nobody can say
   * @param wrappers whether there can be an AppWrapper around it; null: nobody can say
   * @throws Failure USAGE naming the option and the rule
   */
  public static Definition define(
      Caller caller,
      Target target,
      String name,
      Map<String, List<String>> options,
      String template,
      LocalQueues queues,
      AppWrappers wrappers) {
    RayClusterDefinition definition =
        new RayClusterDefinition(
            new Settings(options), Templates.find(caller, template), !template.isEmpty(), wrappers);
    String called = definition.name(name);
    ObjectNode made = definition.make(called, target, caller, queues);
    return new Definition(called, Yaml.write(made), List.copyOf(definition.warnings));
  }

  /**
   * The spec of the cluster that a RayJob makes for itself, by the options of a RayCluster.
   *
   * @param tree of the RayCluster that they are set on
   * @param queue that the job is queued in; empty for none
   */
  static ObjectNode own(
      Settings settings,
      ObjectNode tree,
      String name,
      Optional<String> queue,
      List<String> warnings) {
    RayClusterDefinition definition = new RayClusterDefinition(settings, tree, false, null);
    Scaling scaling = new Scaling(settings);
    scaling.refuseIn(queue);
    definition.spec(name, scaling);
    settings.withoutEffect().forEach(definition.warnings::add);
    warnings.addAll(definition.warnings);
    return (ObjectNode) tree.path("spec");
  }

  private ObjectNode make(String name, Target target, Caller caller, LocalQueues queues) {
    String namespace = namespace(target);
    Map<String, String> labels =
        new LinkedHashMap<>(settings.pairs("labels", Syntax::key, Syntax::labelValue));
    Optional<Wrapper.Shape> shape = shape();
    Scaling scaling = new Scaling(settings);
    Optional<String> queue = queue(shape, labels, namespace, queues);
    scaling.refuseIn(queue);
    labels.remove(Queueing.LABEL);
    metadata(name, namespace, labels, caller);
    if (shape.isEmpty()) {
      queue.ifPresent(q -> metadata().withObjectProperty("labels").put(Queueing.LABEL, q));
    }
    spec(name, scaling);
    settings.withoutEffect().forEach(warnings::add);
    Optional<ObjectNode> exposure = Exposure.of(settings, name, namespace);
    if (shape.isEmpty()) {
      return tree;
    }
    Wrapper wrapper = template.orElseGet(() -> Wrapper.around(tree, shape.get()));
    exposure.ifPresent(wrapper::add);
    wrapper.complete(name, namespace, queue, wrapping.machineTypes());
    return wrapper.tree();
  }

  private String name(String given) {
    settings.checked("name", Syntax::cluster);
    String name =
        settings
            .name(given)
            .orElseGet(() -> tree.path("metadata").path("name").asText("raycluster"));
    Syntax.cluster(name)
        .ifPresent(
            broken -> {
              throw new Failure(Failure.Kind.USAGE, "\"" + name + "\" " + broken + ".");
            });
    return name;
  }

  /** Empty: the context's, when it is created. */
  private String namespace(Target target) {
    return settings.namespace(target).orElseGet(() -> metadata().path("namespace").asText(""));
  }

  /** Empty: no AppWrapper. */
  private Optional<Wrapper.Shape> shape() {
    if (!wrapping.isWrapped()) {
      if (template.isPresent() && template.get().size() > 1) {
        throw new Failure(
            Failure.Kind.USAGE,
            "The template's AppWrapper holds more than a RayCluster; drop --no-appwrapper.");
      }
      return Optional.empty();
    }
    Optional<Wrapper.Shape> there = template.map(Wrapper::shape);
    Wrapper.Shape shape = wrapping.shape().or(() -> there).orElse(Wrapper.Shape.V1BETA2);
    if (there.isPresent() && there.get() != shape) {
      Settings.complain(
          "appwrapper-version",
          shape.option,
          "is not that of the template, which is " + there.get().apiVersion);
    }
    return Optional.of(shape);
  }

  private Optional<String> queue(
      Optional<Wrapper.Shape> shape,
      Map<String, String> labels,
      String namespace,
      LocalQueues queues) {
    Queueing queueing = new Queueing(settings, queues, warnings);
    if (shape.orElse(Wrapper.Shape.V1BETA2) == Wrapper.Shape.V1BETA2) {
      return queueing.queue(labels, namespace);
    }
    if (!settings.text("local-queue").orElse("").isEmpty() || labels.containsKey(Queueing.LABEL)) {
      throw new Failure(
          Failure.Kind.USAGE,
          "--local-queue does not go together with an AppWrapper of "
              + shape.get().apiVersion
              + ", which MCAD queues, and not Kueue.");
    }
    return Optional.empty();
  }

  private ObjectNode metadata() {
    return tree.withObjectProperty("metadata");
  }

  private void metadata(String name, String namespace, Map<String, String> given, Caller caller) {
    ObjectNode metadata = metadata();
    metadata.put("name", name);
    ObjectNode labels = metadata.withObjectProperty("labels");
    labels.put(CLUSTER, name);
    if (given.containsKey(CLUSTER)) {
      Settings.complain("labels", CLUSTER, "is set by muster to the cluster's name");
    }
    given.forEach(labels::put);
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    Map<String, String> annotations = new LinkedHashMap<>();
    // Who manages it: a notebook of Open Data Hub says so of itself.
    String notebook = caller.environment().getOrDefault("NB_PREFIX", "");
    if (!notebook.isEmpty()) {
      annotations.put("app.kubernetes.io/managed-by", notebook);
    }
    annotations.putAll(settings.pairs("annotations", Syntax::key, Syntax::anything));
    if (!annotations.isEmpty()) {
      ObjectNode map = metadata.withObjectProperty("annotations");
      annotations.forEach(map::put);
    }
  }

  private void spec(String name, Scaling scaling) {
    if (!(tree.path("spec") instanceof ObjectNode spec)
        || !(spec.path("headGroupSpec") instanceof ObjectNode headSpec)) {
      throw new Failure(Failure.Kind.USAGE, "The template has no spec.headGroupSpec.");
    }
    ExtendedResources extended = new ExtendedResources(settings);
    scaling.set(spec);
    FaultTolerance.set(settings, spec);
    Group head = new Group("head", headSpec);
    head.set(settings, extended);
    WorkerGroups workers = new WorkerGroups(settings, scaling, extended);
    workers.set(spec, name, warnings);
    List<Group> all = new ArrayList<>(List.of(head));
    all.addAll(workers.all());
    everywhere(spec, all);
    workers.refine();
  }

  /** What is for the head and all workers alike. */
  private void everywhere(ObjectNode spec, List<Group> all) {
    Images.set(settings, spec, all, warnings);
    Map<String, String> envs = settings.pairs("envs", Syntax::variable, Syntax::anything);
    Optional<Boolean> stats = settings.flag("enable-usage-stats");
    List<String> secrets = settings.words("image-pull-secrets", Syntax::object);
    Map<String, String> annotations = settings.pairs("annotations", Syntax::key, Syntax::anything);
    List<ObjectNode> volumes = Volumes.volumes(settings);
    List<ObjectNode> mounts = Volumes.mounts(settings);
    Optional<String> account = settings.checked("service-account", Syntax::object);
    for (Group group : all) {
      group.variables(envs);
      if (stats.isPresent() || !group.hasVariable(USAGE_STATS)) {
        group.variables(Map.of(USAGE_STATS, stats.orElse(false) ? "1" : "0"));
      }
      if (!secrets.isEmpty()) {
        group.pullSecrets(secrets);
      }
      if (!annotations.isEmpty()) {
        group.annotations(annotations);
      }
      account.ifPresent(group::serviceAccount);
      group.volumes(volumes);
      group.mounts(mounts);
    }
  }
}
