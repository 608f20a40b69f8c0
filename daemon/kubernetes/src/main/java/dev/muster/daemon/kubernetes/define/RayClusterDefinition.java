package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Source.Definition;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The RayCluster that options describe: a template's tree with the options set on it, never pasted
 * into text, so that no value can leave its place. The same options give the same bytes.
 */
public final class RayClusterDefinition {
  private static final String QUEUE = "kueue.x-k8s.io/queue-name";
  private static final String CLUSTER = "ray.io/cluster";
  private static final Pattern VERSION_TAG =
      Pattern.compile(":(\\d+\\.\\d+\\.\\d+)(?:[-.+][^:/]*)?$");

  private final Settings settings;
  private final ObjectNode tree;
  private final List<String> warnings = new ArrayList<>();

  private RayClusterDefinition(Settings settings, ObjectNode tree) {
    this.settings = settings;
    this.tree = tree;
  }

  /**
   * @param name empty: the option "name", else the template's
   * @throws Failure USAGE naming the option and the rule
   */
  public static Definition define(
      Caller caller,
      Target target,
      String name,
      Map<String, List<String>> options,
      String template) {
    Settings settings = new Settings(options);
    RayClusterDefinition definition =
        new RayClusterDefinition(settings, Templates.find(caller, template));
    String called = definition.name(name);
    definition.namespace(target);
    definition.metadata(called);
    definition.groups(called);
    return new Definition(called, Yaml.write(definition.tree), List.copyOf(definition.warnings));
  }

  private String name(String given) {
    Optional<String> option = settings.checked("name", Syntax::cluster);
    if (!given.isEmpty() && option.isPresent() && !option.get().equals(given)) {
      throw new Failure(
          Failure.Kind.USAGE,
          "Two names are given, " + given + " and --name " + option.get() + "; drop one of them.");
    }
    String name =
        given.isEmpty()
            ? option.orElse(tree.path("metadata").path("name").asText("raycluster"))
            : given;
    Syntax.cluster(name)
        .ifPresent(
            broken -> {
              throw new Failure(Failure.Kind.USAGE, "\"" + name + "\" " + broken + ".");
            });
    return name;
  }

  private void namespace(Target target) {
    Optional<String> option = settings.checked("namespace", Syntax::namespace);
    String asked = target.namespace();
    if (!asked.isEmpty()) {
      Syntax.namespace(asked).ifPresent(broken -> Settings.complain("namespace", asked, broken));
    }
    if (option.isPresent() && !asked.isEmpty() && !option.get().equals(asked)) {
      throw new Failure(
          Failure.Kind.USAGE,
          "Two namespaces are given, " + asked + " and " + option.get() + "; drop one of them.");
    }
    String namespace = option.orElse(asked);
    if (!namespace.isEmpty()) {
      ObjectNode metadata = tree.withObjectProperty("metadata");
      metadata.put("namespace", namespace);
    }
  }

  private void metadata(String name) {
    ObjectNode metadata = tree.withObjectProperty("metadata");
    metadata.put("name", name);
    ObjectNode labels = metadata.withObjectProperty("labels");
    labels.put(CLUSTER, name);
    settings
        .pairs("labels", Syntax::key, Syntax::labelValue)
        .forEach(
            (key, value) -> {
              if (key.equals(CLUSTER)) {
                Settings.complain("labels", key, "is set by muster to the cluster's name");
              }
              labels.put(key, value);
            });
    settings.checked("local-queue", Syntax::object).ifPresent(queue -> labels.put(QUEUE, queue));
    Map<String, String> annotations =
        settings.pairs("annotations", Syntax::key, value -> Optional.empty());
    if (!annotations.isEmpty()) {
      ObjectNode map = metadata.withObjectProperty("annotations");
      annotations.forEach(map::put);
    }
  }

  private void groups(String name) {
    if (!(tree.path("spec").path("headGroupSpec") instanceof ObjectNode headSpec)) {
      throw new Failure(Failure.Kind.USAGE, "The template has no spec.headGroupSpec.");
    }
    Group head = new Group("head", headSpec);
    head.resources(settings);
    List<Group> all = new ArrayList<>(List.of(head));
    List<Group> workers = new ArrayList<>();
    for (JsonNode spec : tree.path("spec").path("workerGroupSpecs")) {
      if (spec instanceof ObjectNode group) {
        workers.add(new Group("worker", group));
      }
    }
    all.addAll(workers);
    workers(workers, name);
    image(all);
    Map<String, String> envs = settings.pairs("envs", Syntax::variable, value -> Optional.empty());
    each(all, envs.isEmpty() ? null : group -> group.variables(envs));
    List<String> secrets = settings.names("image-pull-secrets");
    each(all, secrets.isEmpty() ? null : group -> group.pullSecrets(secrets));
    Map<String, String> annotations =
        settings.pairs("annotations", Syntax::key, value -> Optional.empty());
    each(all, annotations.isEmpty() ? null : group -> group.annotations(annotations));
    settings
        .checked("service-account", Syntax::object)
        .ifPresent(account -> each(all, group -> group.serviceAccount(account)));
  }

  private static void each(List<Group> groups, Consumer<Group> change) {
    if (change != null) {
      groups.forEach(change);
    }
  }

  /** The options are about the first group: the one that the default template has. */
  private void workers(List<Group> workers, String name) {
    Optional<Integer> number = number();
    boolean asked =
        Settings.KNOWN.stream().anyMatch(o -> o.startsWith("worker-") && settings.has(o));
    if (workers.isEmpty()) {
      if (asked || number.orElse(0) > 0) {
        throw new Failure(
            Failure.Kind.USAGE, "The template has no workerGroupSpecs to set worker options on.");
      }
      return;
    }
    Group first = workers.getFirst();
    first.resources(settings);
    String groupName = first.tree().path("groupName").asText("");
    if (groupName.isEmpty() || groupName.equals("small-group-raycluster")) {
      first.tree().put("groupName", "small-group-" + name);
    }
    number.ifPresent(
        n -> first.tree().put("replicas", n).put("minReplicas", n).put("maxReplicas", n));
    if (workers.size() > 1 && (asked || number.isPresent())) {
      warnings.add(
          "The template has "
              + workers.size()
              + " groups of workers; the worker options set the first one.");
    }
  }

  private Optional<Integer> number() {
    Optional<Integer> number = settings.workers("num-workers");
    Optional<Integer> min = settings.workers("min-workers");
    Optional<Integer> max = settings.workers("max-workers");
    Optional<Integer> said = number.or(() -> min).or(() -> max);
    for (Optional<Integer> other : List.of(min, max)) {
      if (other.isPresent() && !other.equals(said)) {
        throw new Failure(
            Failure.Kind.USAGE,
            "--min-workers and --max-workers must be the same number (and that of --num-workers): autoscaling is not there yet.");
      }
    }
    return said;
  }

  /** Ray's version goes with the image: KubeRay wants to know it. */
  private void image(List<Group> all) {
    Optional<String> image =
        settings.checked(
            "image",
            value ->
                value.matches("[A-Za-z0-9][A-Za-z0-9._/:@-]{0,400}")
                    ? Optional.empty()
                    : Optional.of("is not an image such as quay.io/modh/ray:2.47.1"));
    image.ifPresent(i -> each(all, group -> group.image(i)));
    Optional<String> version =
        settings.checked(
            "ray-version",
            value ->
                value.matches("\\d+\\.\\d+(\\.[A-Za-z0-9.+-]+)?")
                    ? Optional.empty()
                    : Optional.of("is not a version such as 2.47.1"));
    ObjectNode spec = (ObjectNode) tree.path("spec");
    if (version.isPresent()) {
      spec.put("rayVersion", version.get());
    } else if (image.isPresent()) {
      Matcher tag = VERSION_TAG.matcher(image.get());
      if (tag.find()) {
        spec.put("rayVersion", tag.group(1));
      } else {
        warnings.add(
            "The image's tag does not say which Ray it holds; the definition says "
                + spec.path("rayVersion").asText("nothing")
                + " (--ray-version changes that).");
      }
    }
  }
}
