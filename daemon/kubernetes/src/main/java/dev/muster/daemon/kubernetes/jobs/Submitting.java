package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Jobs.Progress;
import dev.muster.daemon.core.Jobs.Submission;
import dev.muster.daemon.core.Jobs.Submitted;
import dev.muster.daemon.kubernetes.Pause;
import dev.muster.daemon.kubernetes.ddp.DdpDefinition;
import dev.muster.daemon.kubernetes.ddp.DdpDefinitions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a job goes that is submitted: to the Ray cluster that is named, else to Kubernetes, as pods
 * in an AppWrapper.
 */
final class Submitting {
  private static final String KUBERNETES = "kubernetes";

  /** What a definition can be overruled in, beside its own fields. */
  private static final Set<String> BESIDE_DEFINITION =
      Set.of(
          ClusterSubmitting.WAIT,
          ClusterSubmitting.ADDRESS,
          ClusterSubmitting.HEADERS,
          ClusterSubmitting.VERIFY,
          ClusterSubmitting.WORKING_DIRECTORY);

  private final ClusterSubmitting onClusters;
  private final PodSubmitting asPods;

  Submitting(Places places, ClusterJobs onClusters, WrappedJobs wrapped, Pause pause) {
    this.onClusters = new ClusterSubmitting(places, onClusters, pause);
    this.asPods = new PodSubmitting(wrapped);
  }

  Submitted submit(Site site, Submission what, Progress progress, Cancellation cancellation) {
    Given given = new Given(what.settings());
    return what.command().isEmpty()
        ? defined(site, what, given, progress, cancellation)
        : adHoc(site, what, given, progress, cancellation);
  }

  private Submitted adHoc(
      Site site, Submission what, Given given, Progress progress, Cancellation cancellation) {
    String scheduler = scheduler(given.one("scheduler"));
    boolean nowhere =
        given.one(ClusterSubmitting.CLUSTER).isEmpty()
            && given.one(ClusterSubmitting.ADDRESS).isEmpty();
    if (scheduler.equals(KUBERNETES)
        || (scheduler.isEmpty() && nowhere && !given.one("image").isEmpty())) {
      return asPods.command(site, what, given, cancellation);
    }
    if (given.one(ClusterSubmitting.CLUSTER).isEmpty()) {
      throw Failure.usage(
          nowhere
              ? "Say which Ray cluster runs it with --cluster-name CLUSTER, or --scheduler"
                  + " kubernetes and --image IMAGE for a pod of its own."
              : "--address says how a cluster is reached; say with --cluster-name which one it is.");
    }
    return onClusters.command(site, what, given, progress, cancellation);
  }

  private Submitted defined(
      Site site, Submission what, Given given, Progress progress, Cancellation cancellation) {
    if (what.name().isEmpty() && what.file().isEmpty() && what.text().isEmpty()) {
      throw Failure.usage(
          "Name a definition, or type the command behind \"--\", such as -- python train.py.");
    }
    DdpDefinition definition = definition(site, what, given);
    String scheduler = scheduler(definition.scheduler() == null ? "" : definition.scheduler());
    String cluster = definition.clusterName() == null ? "" : definition.clusterName();
    if (scheduler.equals(KUBERNETES) || (scheduler.isEmpty() && cluster.isEmpty())) {
      for (String option : List.of(ClusterSubmitting.HEADERS, ClusterSubmitting.VERIFY)) {
        if (!given.one(option).isEmpty()) {
          throw Failure.usage("--" + option + " does not go with a job that becomes pods.");
        }
      }
      return asPods.definition(site, definition, what.dryRun(), cancellation);
    }
    if (cluster.isEmpty()) {
      throw Failure.usage(
          "The job "
              + definition.name()
              + " is for Ray, and no cluster is named: add --cluster-name CLUSTER.");
    }
    return onClusters.definition(site, definition, given, what.dryRun(), progress, cancellation);
  }

  private static DdpDefinition definition(Site site, Submission what, Given given) {
    Map<String, List<String>> settings = new LinkedHashMap<>(what.settings());
    settings.keySet().removeAll(BESIDE_DEFINITION);
    if (!given.one(ClusterSubmitting.WORKING_DIRECTORY).isEmpty()) {
      settings.put("workspace", List.of(given.one(ClusterSubmitting.WORKING_DIRECTORY)));
    }
    try {
      return DdpDefinitions.load(site.caller(), what.name(), what.file(), what.text(), settings);
    } catch (Failure e) {
      throw e.kind() == Failure.Kind.NOT_FOUND && what.file().isEmpty()
          ? new Failure(
              Failure.Kind.NOT_FOUND,
              "There is no definition "
                  + DdpDefinitions.fileName(what.name())
                  + " here; define it first: muster define job "
                  + what.name()
                  + ".",
              e)
          : e;
    }
  }

  private static String scheduler(String said) {
    if (!Set.of("", "ray", KUBERNETES).contains(said)) {
      throw Failure.usage("--scheduler: \"" + said + "\" is none of ray and kubernetes.");
    }
    return said;
  }
}
