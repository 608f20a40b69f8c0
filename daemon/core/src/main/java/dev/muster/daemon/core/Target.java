package dev.muster.daemon.core;

/**
 * Where a request is aimed, as it was typed; empty strings are what was not said.
 *
 * @param kubeconfig a kubeconfig file named on the command line
 * @param context a context of it
 * @param namespace a namespace
 * @param allNamespaces every namespace
 * @param as the user to act as
 * @param dashboard where the user says that one cluster's is
 */
public record Target(
    String kubeconfig,
    String context,
    String namespace,
    boolean allNamespaces,
    String as,
    Dashboard dashboard) {
  public static final Target DEFAULT = new Target("", "", "", false);

  /** As the context's own user. */
  public Target(String kubeconfig, String context, String namespace, boolean allNamespaces) {
    this(kubeconfig, context, namespace, allNamespaces, "");
  }

  /** Without a dashboard. */
  public Target(
      String kubeconfig, String context, String namespace, boolean allNamespaces, String as) {
    this(kubeconfig, context, namespace, allNamespaces, as, Dashboard.NONE);
  }

  /**
   * What answers for a cluster's jobs, as it was typed.
   *
   * @param cluster whose it is
   * @param address empty: a way to it is to be found
   * @param headers for each request, as JSON; they can hold secrets
   * @param verify whom to trust
   */
  public record Dashboard(String cluster, String address, String headers, String verify) {
    public static final Dashboard NONE = new Dashboard("", "", "", "");

    /** Names no header. */
    @Override
    public String toString() {
      return "Dashboard[" + cluster + "]";
    }
  }
}
