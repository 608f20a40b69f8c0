package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.kinds.Meta;

/**
 * A Ray cluster that jobs can be sent to.
 *
 * @param uid of its row: another one of the same name has other jobs
 */
public record Cluster(String namespace, String name, String uid) {
  /** "demo (team)". */
  String words() {
    return name + " (" + namespace + ")";
  }

  /** Why its dashboard does not answer: "The dashboard of demo (team): ...", said once. */
  String trouble(String why) {
    return why.startsWith("The dashboard of ") ? why : "The dashboard of " + words() + ": " + why;
  }

  static Cluster of(Row cluster) {
    return new Cluster(cluster.key().namespace(), cluster.key().name(), cluster.uid());
  }

  /**
   * Whether a dashboard can be expected to answer there: its head is up.
   *
   * @param cluster its row, whole
   */
  static boolean hasHead(Row cluster) {
    return cluster.ready()
        || (cluster.state() == State.STARTING
            && Meta.isTrue(Yaml.fromJson(cluster.details()), "HeadPodReady"));
  }

  /** "RayCluster demo (team) is STARTING: waiting for the head pod to be ready". */
  static String standing(Row cluster) {
    return "RayCluster "
        + of(cluster).words()
        + " is "
        + cluster.state()
        + (cluster.reason().isEmpty() ? "" : ": " + cluster.reason());
  }
}
