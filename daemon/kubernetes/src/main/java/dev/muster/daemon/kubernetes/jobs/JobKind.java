package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.core.Key;
import dev.muster.daemon.core.Kind;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.kinds.Cells;

/**
 * The kind "job": what was submitted to a Ray cluster, named "CLUSTER/ID" because two clusters can
 * have the same id, and distributed jobs that an AppWrapper stands for, named "AppWrapper/NAME". No
 * cluster can be called that: names of Kubernetes have no capitals.
 */
public final class JobKind {
  public static final String NAME = "job";

  public static final Kind KIND =
      new Kind(
          NAME,
          true,
          Cells.columns(
              "NAME",
              "SUBMISSION ID",
              "JOB ID",
              "RAYCLUSTER",
              "NAMESPACE",
              "REQUESTED RESOURCES",
              "STATUS",
              "+SCHEDULER",
              "+ENTRYPOINT",
              "+REASON"));

  /** Stands where a cluster's name would. */
  static final String WRAPPED = "AppWrapper";

  private JobKind() {}

  static Key key(String identity, Cluster cluster, String id) {
    return new Key(identity, NAME, cluster.namespace(), cluster.name() + "/" + id);
  }

  static Key wrapped(String identity, String namespace, String name) {
    return new Key(identity, NAME, namespace, WRAPPED + "/" + name);
  }

  /** Whether an AppWrapper stands for the job of that name. */
  static boolean isWrapped(String name) {
    return name.startsWith(WRAPPED + "/");
  }

  /** What is in front of the id; empty if nothing is. */
  static String cluster(String name) {
    int slash = name.indexOf('/');
    return slash < 0 ? "" : name.substring(0, slash);
  }

  /** What comes after the cluster. */
  static String id(String name) {
    return name.substring(name.indexOf('/') + 1);
  }

  /** "demo/train", or of an AppWrapper only its name, for sentences. */
  static String words(Row row) {
    String name = row.key().name();
    return isWrapped(name) ? id(name) : name;
  }
}
