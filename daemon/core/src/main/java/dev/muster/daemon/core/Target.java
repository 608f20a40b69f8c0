package dev.muster.daemon.core;

/**
 * Where a request is aimed, as it was typed; empty strings are what was not said.
 *
 * @param kubeconfig a kubeconfig file named on the command line
 * @param context a context of it
 * @param namespace a namespace
 * @param allNamespaces every namespace
 * @param as the user to act as
 */
public record Target(
    String kubeconfig, String context, String namespace, boolean allNamespaces, String as) {
  public static final Target DEFAULT = new Target("", "", "", false);

  /** As the context's own user. */
  public Target(String kubeconfig, String context, String namespace, boolean allNamespaces) {
    this(kubeconfig, context, namespace, allNamespaces, "");
  }
}
