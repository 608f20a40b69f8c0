package dev.muster.daemon.kubernetes.define;

import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Nearest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The options that describe a Ray cluster: the fields of codeflare-sdk's ClusterConfiguration in
 * kebab case, those of its older command line, and those of KubeRay's plugin.
 */
final class OptionNames {
  static final Set<String> KNOWN =
      new TreeSet<>(
          Set.of(
              "name",
              "namespace",
              "image",
              "ray-version",
              "head-cpu-requests",
              "head-cpu-limits",
              "head-memory-requests",
              "head-memory-limits",
              "head-gpus",
              "head-tpu",
              "head-ephemeral-storage",
              "head-extended-resource-requests",
              "head-tolerations",
              "head-node-selectors",
              "head-ray-start-params",
              "worker-cpu-requests",
              "worker-cpu-limits",
              "worker-memory-requests",
              "worker-memory-limits",
              "worker-gpus",
              "worker-tpu",
              "worker-ephemeral-storage",
              "worker-extended-resource-requests",
              "worker-tolerations",
              "worker-node-selectors",
              "worker-ray-start-params",
              "num-workers",
              "num-of-hosts",
              "worker-group-name",
              "additional-worker-groups",
              "enable-autoscaling",
              "autoscaler",
              "min-workers",
              "max-workers",
              "extended-resource-mapping",
              "overwrite-default-resource-mapping",
              "labels",
              "annotations",
              "envs",
              "image-pull-secrets",
              "service-account",
              "volumes",
              "volume-mounts",
              "local-queue",
              "enable-gcs-ft",
              "redis-address",
              "redis-password-secret",
              "external-storage-namespace",
              "enable-usage-stats",
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
              "head-info"));

  private OptionNames() {}

  /** Throws USAGE, with the nearest right one. */
  static void check(String name) {
    if (KNOWN.contains(name)) {
      return;
    }
    List<String> near = Nearest.to(name, KNOWN);
    throw new Failure(
        Failure.Kind.USAGE,
        "--"
            + name
            + " is not an option of a RayCluster"
            + (near.isEmpty()
                ? "; the options are --" + String.join(", --", KNOWN) + "."
                : "; did you mean --" + String.join(" or --", near) + "?"));
  }
}
