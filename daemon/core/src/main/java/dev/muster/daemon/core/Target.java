package dev.muster.daemon.core;

/**
 * Where a request is aimed, as it was typed; empty strings are what was not said.
 *
 * @param kubeconfig a kubeconfig file named on the command line
 * @param context a context of it
 * @param namespace a namespace
 * @param allNamespaces every namespace
 */
public record Target(String kubeconfig, String context, String namespace, boolean allNamespaces) {
  public static final Target DEFAULT = new Target("", "", "", false);
}
