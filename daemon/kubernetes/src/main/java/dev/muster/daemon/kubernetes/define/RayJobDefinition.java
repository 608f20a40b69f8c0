package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Changing.Definition;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.ray.WorkingDirectory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The RayJob that options describe, on a cluster that is there or on one of its own: a template's
 * tree with the options set on it. The same options give the same bytes.
 *
 * <p>What may stand in a RayJob is said by KubeRay 1.5's ValidateRayJobSpec; what it would refuse
 * only when it is too late is refused here.
 */
public final class RayJobDefinition {
  private static final String CLUSTER = "ray.io/cluster";
  private static final String PRIORITY = "kueue.x-k8s.io/priority-class";

  private final Caller caller;
  private final Map<String, List<String>> options;
  private final Settings settings;
  private final ObjectNode tree;

  private final OwnCluster own;

  /** With the files of a manifest, which came with it; null for none. */
  private final ObjectNode secret;

  /** Whether the tree is somebody's manifest, which is sent as it stands but for the options. */
  private final boolean manifest;

  private final List<String> warnings = new ArrayList<>();

  private RayJobDefinition(
      Caller caller,
      Map<String, List<String>> options,
      ObjectNode tree,
      ObjectNode secret,
      boolean manifest) {
    this.caller = caller;
    this.secret = secret;
    this.options = options;
    this.settings = RayJobSettings.of(options);
    boolean cluster = Templates.isRayCluster(tree);
    this.tree = cluster ? Templates.job(caller, "") : tree;
    this.manifest = manifest;
    if (Templates.isRayCluster(this.tree)) {
      throw Failure.usage("Your own template rayjob is a RayCluster; it must be a RayJob.");
    }
    boolean has = this.tree.path("spec").has("rayClusterSpec");
    ObjectNode clusterTree = cluster ? tree : has || manifest ? null : Templates.find(caller, "");
    this.own = new OwnCluster(options, clusterTree, warnings);
  }

  /**
   * The manifest alone.
   *
   * @param name empty: the option "name", else the template's
   * @param command words behind {@code --}; empty: the option "entrypoint", else the template's
   * @param template of a RayJob, or of the RayCluster that is to be its own; empty: the default
   * @param queues the local queues that the job may be queued in; null: nobody can say
   * @throws Failure USAGE naming the option and the rule
   */
  public static Definition define(
      Caller caller,
      Target target,
      String name,
      Map<String, List<String>> options,
      List<String> command,
      String template,
      LocalQueues queues) {
    RayJobPlan plan = plan(caller, target, name, options, command, template, queues);
    List<String> warnings = new ArrayList<>(plan.warnings());
    if (plan.directory() != null) {
      warnings.add(
          "The manifest holds no files: "
              + plan.directory().path()
              + " is sent when the job is submitted by muster submit rayjob.");
    }
    if (plan.needsImage()) {
      plan = plan.withImage(Templates.image());
      warnings.add(
          "The pod that submits the job runs "
              + Templates.image()
              + ", whose Ray must be that of the cluster "
              + plan.cluster()
              + "; muster submit rayjob without a manifest takes the cluster's own image.");
    }
    return new Definition(plan.name(), plan.yaml(), List.copyOf(warnings));
  }

  /** The same with what it takes beside the manifest. */
  public static RayJobPlan plan(
      Caller caller,
      Target target,
      String name,
      Map<String, List<String>> options,
      List<String> command,
      String template,
      LocalQueues queues) {
    ObjectNode tree = Templates.job(caller, template);
    return new RayJobDefinition(caller, options, tree, null, false)
        .make(target, name, command, queues);
  }

  /**
   * Of somebody's manifest: the options are set on it, and what they do not say stays.
   *
   * @param manifest a RayJob
   * @param secret with its files, which came with it; null for none
   */
  public static RayJobPlan plan(
      Caller caller,
      Target target,
      String name,
      Map<String, List<String>> options,
      List<String> command,
      ObjectNode manifest,
      ObjectNode secret,
      LocalQueues queues) {
    ObjectNode files = secret == null ? null : secret.deepCopy();
    return new RayJobDefinition(caller, options, manifest.deepCopy(), files, true)
        .make(target, name, command, queues);
  }

  private RayJobPlan make(Target target, String given, List<String> command, LocalQueues queues) {
    ObjectNode metadata = tree.withObjectProperty("metadata");
    String name = name(given, metadata);
    metadata.put("name", name);
    Optional<String> namespace = settings.namespace(target);
    if (!manifest) {
      namespace.ifPresent(n -> metadata.put("namespace", n));
    }
    ObjectNode spec = tree.withObjectProperty("spec");
    String cluster = cluster(spec);
    Map<String, String> labels =
        new LinkedHashMap<>(settings.pairs("labels", Syntax::key, Syntax::labelValue));
    Optional<String> queue =
        cluster.isEmpty()
            ? queue(labels, namespace.orElse(metadata.path("namespace").asText("")), queues)
            : Optional.empty();
    labels(metadata, labels, queue, cluster);
    String line = Entrypoint.of(settings, command, spec.path("entrypoint").asText(""));
    spec.put("entrypoint", line);
    JobEnv typed =
        JobEnv.of(
            settings,
            caller,
            spec.path("runtimeEnvYAML").asText(""),
            JobFiles.mounted(tree).isPresent() ? JobFiles.UNPACKED : "");
    if (typed.directory() instanceof WorkingDirectory) {
      Entrypoint.check(line, typed.directory().path());
    }
    JobFields fields = new JobFields(settings, spec, warnings);
    fields.set();
    Optional<byte[]> packed =
        fields.bySubmitter(cluster.isEmpty(), manifest)
            ? new Packing(settings, caller, tree, warnings)
                .packed(typed, cluster.isEmpty(), manifest)
            : Optional.empty();
    JobEnv env = packed.isPresent() ? typed.in(JobFiles.UNPACKED) : typed;
    if (env.tree().isEmpty()) {
      spec.remove("runtimeEnvYAML");
    } else if (touchesEnv() || !manifest) {
      spec.put("runtimeEnvYAML", Yaml.write(env.tree()));
    }
    fields.mode(cluster, env.directory() != null, manifest);
    JobEnd.set(settings, spec, cluster, queue, manifest);
    if (cluster.isEmpty()) {
      own.into(spec, name, queue);
    }
    ObjectNode files = secret;
    if (packed.isPresent()) {
      JobFiles.mount(spec, name, Templates.image(spec.path("rayClusterSpec")));
      files = JobFiles.secret(name, metadata.path("namespace").asText(""), packed.get());
    } else if (secret != null) {
      JobFiles.rename(tree, secret, name);
    }
    return new RayJobPlan(
        name,
        tree,
        env.tree(),
        env.directory(),
        files,
        cluster,
        metadata.path("labels").path(PRIORITY).asText(""),
        fields.memory(),
        fields.address(caller, env.directory() != null),
        List.copyOf(warnings));
  }

  private boolean touchesEnv() {
    return List.of("runtime-env", "runtime-env-json", "env", "pip", "working-dir").stream()
        .anyMatch(settings::has);
  }

  private String name(String given, ObjectNode metadata) {
    settings.checked("name", Syntax::rayJob);
    String name = settings.name(given).orElseGet(() -> metadata.path("name").asText("rayjob"));
    Syntax.rayJob(name)
        .ifPresent(
            broken -> {
              throw Failure.usage("\"" + name + "\" " + broken + ".");
            });
    return name;
  }

  /** That is there already; empty for one of the job's own. */
  private String cluster(ObjectNode spec) {
    Optional<String> option = settings.checked("cluster-name", Syntax::cluster);
    String there = spec.path("clusterSelector").path(CLUSTER).asText("");
    if (option.isEmpty() && there.isEmpty()) {
      if (manifest && !spec.has("rayClusterSpec")) {
        throw Failure.usage(
            "The RayJob has neither a spec.rayClusterSpec nor a spec.clusterSelector with ray.io/cluster;"
                + " --cluster-name names a cluster that is there.");
      }
      return "";
    }
    String cluster = option.orElse(there);
    RayJobSettings.forExisting(options, cluster);
    if (spec.has("rayClusterSpec")) {
      throw Failure.usage(
          "The RayJob has a cluster of its own, in spec.rayClusterSpec, and is for the cluster "
              + cluster
              + " as well; drop one of the two.");
    }
    spec.withObjectProperty("clusterSelector").put(CLUSTER, cluster);
    if (!manifest) {
      // They are about a cluster of its own, and KubeRay refuses the second without the first.
      spec.remove(List.of("shutdownAfterJobFinishes", "ttlSecondsAfterFinished"));
    }
    return cluster;
  }

  private Optional<String> queue(Map<String, String> labels, String namespace, LocalQueues queues) {
    if (manifest && !settings.has("local-queue") && !labels.containsKey(Queueing.LABEL)) {
      String there = tree.path("metadata").path("labels").path(Queueing.LABEL).asText("");
      return there.isEmpty() ? Optional.empty() : Optional.of(there);
    }
    return new Queueing(settings, queues, warnings).queue(labels, namespace);
  }

  private void labels(
      ObjectNode metadata, Map<String, String> given, Optional<String> queue, String cluster) {
    boolean asked = given.remove(Queueing.LABEL) != null;
    settings
        .checked("priority-class", Syntax::object)
        .filter(priority -> !priority.isEmpty())
        .ifPresent(priority -> given.put(PRIORITY, priority));
    queue.ifPresent(q -> given.put(Queueing.LABEL, q));
    if (!given.isEmpty()) {
      ObjectNode map = metadata.withObjectProperty("labels");
      given.forEach(map::put);
    }
    boolean queued =
        asked
            || metadata.path("labels").has(Queueing.LABEL)
            || metadata.path("labels").has(PRIORITY);
    if (queued && !cluster.isEmpty()) {
      throw Failure.usage(
          "Kueue's labels are for a job with a cluster of its own: the cluster "
              + cluster
              + " was given its quota already.");
    }
    Map<String, String> annotations = settings.pairs("annotations", Syntax::key, Syntax::anything);
    if (!annotations.isEmpty()) {
      ObjectNode map = metadata.withObjectProperty("annotations");
      annotations.forEach(map::put);
    }
  }
}
