package dev.muster.daemon.kubernetes.define;

import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The options that describe a RayJob, by long kebab-case name: those of codeflare-sdk's RayJob, of
 * {@code kubectl ray job submit} and of {@code ray job submit}.
 *
 * <table>
 * <caption>Options of the job</caption>
 * <tr><td>name, namespace</td><td>as of every definition</td></tr>
 * <tr><td>cluster-name</td><td>a RayCluster that is there; without it the job has one of its own,
 *   which KubeRay names NAME-xxxxx and makes of the options of a RayCluster ({@link OptionNames}; not those
 *   of AppWrappers and of ways in from outside)</td></tr>
 * <tr><td>entrypoint</td><td>one line for the shell; instead of the words behind {@code --}</td></tr>
 * <tr><td>working-dir</td><td>a directory that is sent, or a URI</td></tr>
 * <tr><td>runtime-env</td><td>a YAML or JSON file</td></tr>
 * <tr><td>runtime-env-json</td><td>the same as text</td></tr>
 * <tr><td>env</td><td>k=v, repeatable: environment variables of the job (those of the own cluster's pods
 *   are "envs")</td></tr>
 * <tr><td>pip</td><td>a requirement, repeatable; or a requirements file ending in .txt</td></tr>
 * <tr><td>submission-id</td><td>Ray's id of the job; otherwise one is made</td></tr>
 * <tr><td>submission-mode</td><td>K8sJobMode (default), HTTPMode, SidecarMode or InteractiveMode</td></tr>
 * <tr><td>shutdown-after-job-finishes</td><td>true or false; own cluster only</td></tr>
 * <tr><td>ttl-seconds-after-finished</td><td>how long the own cluster stays then</td></tr>
 * <tr><td>active-deadline-seconds</td><td>more than 0</td></tr>
 * <tr><td>backoff-limit</td><td>how often it is tried again, each time on a new cluster</td></tr>
 * <tr><td>suspend</td><td>true or false; own cluster only</td></tr>
 * <tr><td>priority-class</td><td>a WorkloadPriorityClass of Kueue; own cluster only</td></tr>
 * <tr><td>local-queue</td><td>a LocalQueue, empty for none; own cluster only</td></tr>
 * <tr><td>entrypoint-num-cpus, entrypoint-num-gpus</td><td>numbers, also fractions</td></tr>
 * <tr><td>entrypoint-memory</td><td>bytes, or a quantity such as 2Gi; InteractiveMode only</td></tr>
 * <tr><td>entrypoint-resources</td><td>a JSON object of numbers</td></tr>
 * <tr><td>metadata</td><td>k=v, repeatable</td></tr>
 * <tr><td>metadata-json</td><td>a JSON object of texts</td></tr>
 * <tr><td>labels, annotations</td><td>k=v, repeatable</td></tr>
 * <tr><td>address</td><td>of the dashboard, where files are sent; no part of the manifest</td></tr>
 * <tr><td>verify, headers</td><td>of the requests to that address; no part of the manifest</td></tr>
 * </table>
 */
public final class RayJobSettings {
  static final Set<String> JOB =
      Set.of(
          "name",
          "namespace",
          "cluster-name",
          "entrypoint",
          "working-dir",
          "runtime-env",
          "runtime-env-json",
          "env",
          "pip",
          "submission-id",
          "submission-mode",
          "shutdown-after-job-finishes",
          "ttl-seconds-after-finished",
          "active-deadline-seconds",
          "backoff-limit",
          "suspend",
          "priority-class",
          "local-queue",
          "entrypoint-num-cpus",
          "entrypoint-num-gpus",
          "entrypoint-memory",
          "entrypoint-resources",
          "metadata",
          "metadata-json",
          "labels",
          "annotations",
          "address",
          "verify",
          "headers");

  /** Options of a RayCluster that a cluster which KubeRay makes cannot have. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "appwrapper",
          "appwrapper-version",
          "machine-types",
          "instascale",
          "expose",
          "host",
          "tls-secret",
          "gateway",
          "verify-tls",
          "local-interactive",
          "head-info");

  /** All that a RayJob can have. */
  static final Set<String> KNOWN = known();

  /** Options that are of the own cluster as well as of the job. */
  private static final Set<String> BOTH = Set.of("annotations", "local-queue");

  /** Options of the job that an existing cluster leaves no room for. */
  private static final List<String> OWN_ONLY =
      List.of(
          "ttl-seconds-after-finished",
          "shutdown-after-job-finishes",
          "suspend",
          "priority-class",
          "local-queue");

  private RayJobSettings() {}

  private static Set<String> known() {
    Set<String> known = new TreeSet<>(OptionNames.KNOWN);
    known.removeAll(ELSEWHERE);
    known.addAll(JOB);
    return known;
  }

  /** Throws USAGE, with the nearest right one. */
  static void check(String name) {
    if (KNOWN.contains(name)) {
      return;
    }
    if (ELSEWHERE.contains(name)) {
      throw Failure.usage(
          "--" + name + " is of a RayCluster by itself; KubeRay makes that of a RayJob.");
    }
    List<String> near = Nearest.to(name, KNOWN);
    throw Failure.usage(
        "--"
            + name
            + " is not an option of a RayJob"
            + (near.isEmpty()
                ? "; the options are --" + String.join(", --", KNOWN) + "."
                : "; did you mean --" + String.join(" or --", near) + "?"));
  }

  static Settings of(Map<String, List<String>> options) {
    return new Settings(options, RayJobSettings::check);
  }

  /** Whether any of the options is about the own cluster and about nothing else. */
  static boolean describeCluster(Map<String, List<String>> options) {
    return options.keySet().stream().anyMatch(option -> !JOB.contains(option));
  }

  /** Those of the own cluster. */
  static Settings ofCluster(Map<String, List<String>> options) {
    Map<String, List<String>> cluster = new LinkedHashMap<>();
    options.forEach(
        (option, values) -> {
          if (!JOB.contains(option) || BOTH.contains(option)) {
            cluster.put(option, values);
          }
        });
    // Wrapped or not is no question here, so that nobody has to be asked.
    cluster.put("appwrapper", List.of("false"));
    return new Settings(cluster);
  }

  /** Throws USAGE if an option is given that only an own cluster can have. */
  static void forExisting(Map<String, List<String>> options, String cluster) {
    options.keySet().stream()
        .filter(option -> !JOB.contains(option) || OWN_ONLY.contains(option))
        .sorted()
        .findFirst()
        .ifPresent(
            option -> {
              throw Failure.usage(
                  "--"
                      + option
                      + " is about a cluster of the job's own, but the job is for the cluster "
                      + cluster
                      + ", which is there already; drop one of the two.");
            });
  }
}
