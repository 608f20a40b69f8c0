package dev.muster.cli.options;

import dev.muster.v1.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where a command is aimed. What is left out is decided by the daemon, from the kubeconfig. */
@Command
public final class TargetOptions {
  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "The kubeconfig to use; otherwise KUBECONFIG, then ~/.kube/config.")
  String kubeconfig = "";

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "The context to use; otherwise the current one.")
  String context = "";

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "The namespace; otherwise the context's, then 'default'.")
  String namespace = "";

  @Option(
      names = "--as",
      paramLabel = "USER",
      description = "Act as that user, if the context's own may do so.")
  String as = "";

  public Target target() {
    return target(false);
  }

  public Target target(boolean allNamespaces) {
    return Target.newBuilder()
        .setKubeconfig(kubeconfig)
        .setContext(context)
        .setNamespace(namespace)
        .setAllNamespaces(allNamespaces)
        .setAs(as)
        .build();
  }

  /** The same options as they would be typed again, each with a space in front. */
  public String retyped() {
    return retyped("--kubeconfig", kubeconfig)
        + retyped("--context", context)
        + retyped("-n", namespace)
        + retyped("--as", as);
  }

  private static String retyped(String option, String value) {
    return value.isEmpty() ? "" : " " + option + " " + value;
  }
}
