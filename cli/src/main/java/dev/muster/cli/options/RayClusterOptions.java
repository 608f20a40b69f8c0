package dev.muster.cli.options;

import static dev.muster.cli.options.SettingOption.both;
import static dev.muster.cli.options.SettingOption.field;
import static dev.muster.cli.options.SettingOption.flag;
import static dev.muster.cli.options.SettingOption.negation;

import java.util.List;
import java.util.Set;

/**
 * What describes a Ray cluster: the fields of codeflare-sdk's ClusterConfiguration in kebab case,
 * with the names that its command line and KubeRay's use for them. The values go to the daemon as
 * they were typed, which checks them and names the option in its answer.
 */
public final class RayClusterOptions {
  /** The mixin's name, which is also its heading in the help. */
  public static final String MIXIN = "cluster";

  private static final List<SettingOption> OPTIONS =
      List.of(
          field("IMAGE", "The image of all containers.", "image"),
          field("VERSION", "The version of Ray in the image.", "ray-version"),
          field("COUNT", "How many workers.", "num-workers", "workers", "worker-replicas"),
          flag(
              "Let Ray change the number of workers; needs both bounds, and no queue.",
              "enable-autoscaling"),
          field("VERSION", "The same, with that autoscaler of Ray: v1 or v2.", "autoscaler"),
          field(
              "COUNT",
              "Workers at least, where they are scaled.",
              "min-workers",
              "worker-min-replicas"),
          field(
              "COUNT",
              "Workers at most, where they are scaled.",
              "max-workers",
              "worker-max-replicas"),
          field("NAME", "What the first group of workers is called.", "worker-group-name"),
          field("COUNT", "Hosts of one replica of workers, as TPUs have them.", "num-of-hosts"),
          field(
              "GROUP",
              "Another group of workers: name=g,replicas=2,cpu=1,memory=4,gpus=1, or its fields as"
                  + " YAML; may be repeated.",
              "additional-worker-groups",
              "worker-group"),
          field("QUANTITY", "CPU that the head asks for.", "head-cpu-requests"),
          field("QUANTITY", "CPU that the head may use.", "head-cpu-limits"),
          field(
              "QUANTITY",
              "Memory that the head asks for; a bare number is G.",
              "head-memory-requests"),
          field("QUANTITY", "Memory that the head may use.", "head-memory-limits"),
          field("COUNT", "GPUs of the head.", "head-gpus", "head-gpu"),
          field("COUNT", "TPUs of the head.", "head-tpu"),
          field("QUANTITY", "Scratch space on disk of the head.", "head-ephemeral-storage"),
          field(
              "DEVICE=N",
              "Other devices of the head, such as amd.com/gpu=1; may be repeated.",
              "head-extended-resource-requests"),
          field(
              "TAINT",
              "A taint that the head's node may have, such as gpu=yes:NoSchedule, or a toleration"
                  + " as YAML; may be repeated.",
              "head-tolerations"),
          field(
              "K=V",
              "A label that the node of the head must have; may be repeated.",
              "head-node-selectors"),
          field(
              "K=V",
              "A parameter of \"ray start\" for the head; may be repeated.",
              "head-ray-start-params"),
          field("QUANTITY", "CPU that each worker asks for.", "worker-cpu-requests", "min-cpus"),
          field("QUANTITY", "CPU that each worker may use.", "worker-cpu-limits", "max-cpus"),
          field(
              "QUANTITY",
              "Memory that each worker asks for; a bare number is G.",
              "worker-memory-requests",
              "min-memory"),
          field(
              "QUANTITY", "Memory that each worker may use.", "worker-memory-limits", "max-memory"),
          field(
              "COUNT",
              "GPUs of each worker.",
              "worker-gpus",
              "worker-gpu",
              "num-gpus",
              "gpu",
              "gpus"),
          field("COUNT", "TPUs of each worker.", "worker-tpu"),
          field("QUANTITY", "Scratch space on disk of each worker.", "worker-ephemeral-storage"),
          field(
              "DEVICE=N",
              "Other devices of each worker, such as amd.com/gpu=1; may be repeated.",
              "worker-extended-resource-requests"),
          field(
              "TAINT",
              "A taint that a worker's node may have, such as gpu=yes:NoSchedule, or a toleration"
                  + " as YAML; may be repeated.",
              "worker-tolerations"),
          field(
              "K=V",
              "A label that the node of each worker must have; may be repeated.",
              "worker-node-selectors"),
          field(
              "K=V",
              "A parameter of \"ray start\" for each worker; may be repeated.",
              "worker-ray-start-params"),
          both("head-cpu"),
          both("head-memory"),
          both("worker-cpu"),
          both("worker-memory"),
          field(
              "DEVICE=NAME",
              "What Ray calls a device, such as example.com/npu=NPU; may be repeated.",
              "extended-resource-mapping"),
          flag("Let that change what muster knows already.", "overwrite-default-resource-mapping"),
          field("K=V", "A label; may be repeated.", "labels", "label"),
          field("K=V", "An annotation; may be repeated.", "annotations", "annotation"),
          field("K=V", "An environment variable; may be repeated.", "envs", "env"),
          field("NAME", "A secret to pull images with; may be repeated.", "image-pull-secrets"),
          field("NAME", "The service account of all pods.", "service-account"),
          field(
              "YAML",
              "A volume of all pods, as YAML or JSON; may be repeated.",
              "volumes",
              "volume"),
          field(
              "YAML",
              "Where a volume is mounted, as YAML or JSON; may be repeated.",
              "volume-mounts",
              "volume-mount"),
          field(
              "QUEUE",
              "The Kueue local queue; otherwise the namespace's default one; '' for none.",
              "local-queue"),
          flag("Let the cluster outlive its head, with its state in Redis.", "enable-gcs-ft"),
          field("ADDRESS", "That Redis, such as redis:6379.", "redis-address"),
          field("SECRET", "Its password: name=SECRET,key=KEY.", "redis-password-secret"),
          field("TEXT", "Under which name the state is kept there.", "external-storage-namespace"),
          flag("Let Ray report how it is used.", "enable-usage-stats"),
          flag(
              "Put the cluster into an AppWrapper: the default, unless the server has none.",
              "appwrapper"),
          negation(
              "Make the RayCluster itself, without an AppWrapper.", "no-appwrapper", "appwrapper"),
          field(
              "VERSION",
              "Which AppWrapper: v1beta2, v1beta1, or mcad for mcad.ibm.com/v1beta1.",
              "appwrapper-version"),
          field(
              "KIND",
              "Make the dashboard reachable with TLS: route, ingress or httproute.",
              "expose"),
          field("HOST", "The name of the host that it is reached by.", "host"),
          field("SECRET", "The secret with the certificate of that host.", "tls-secret"),
          field("GATEWAY", "The gateway of an httproute: [NAMESPACE/]NAME.", "gateway"),
          flag("Ask InstaScale for machines of --machine-types.", "instascale"),
          field(
              "TYPES",
              "The machines of the head and of the workers, for InstaScale.",
              "machine-types"),
          flag("Accepted; nothing in a manifest depends on it.", "verify-tls"),
          flag("Accepted; changes nothing any more.", "local-interactive"),
          field("TEXT", "Accepted; has never changed anything.", "head-info"));

  /** Those of one group of workers. */
  private static final Set<String> OF_A_GROUP =
      Set.of(
          "image",
          "num-of-hosts",
          "worker-cpu",
          "worker-cpu-requests",
          "worker-cpu-limits",
          "worker-memory",
          "worker-memory-requests",
          "worker-memory-limits",
          "worker-gpus",
          "worker-tpu",
          "worker-ephemeral-storage",
          "worker-extended-resource-requests",
          "worker-tolerations",
          "worker-node-selectors",
          "worker-ray-start-params");

  /** KubeRay makes the cluster of a RayJob, in no AppWrapper. */
  private static final Set<String> NOT_OF_A_JOB =
      Set.of(
          "appwrapper",
          "appwrapper-version",
          "expose",
          "host",
          "tls-secret",
          "gateway",
          "instascale",
          "machine-types",
          "verify-tls",
          "local-interactive",
          "head-info");

  /** All of them. */
  public static final SettingOptions ALL = new SettingOptions(OPTIONS);

  /** Those of them that are about one group of workers. */
  public static final SettingOptions OF_ONE_GROUP =
      new SettingOptions(
          OPTIONS.stream().filter(option -> OF_A_GROUP.contains(option.name())).toList());

  /** Those of the cluster that a RayJob brings with it: there, --env is of what the job runs. */
  public static final SettingOptions OF_A_JOB =
      new SettingOptions(
          OPTIONS.stream()
              .filter(option -> !option.sets().stream().anyMatch(NOT_OF_A_JOB::contains))
              .map(RayClusterOptions::ofAJob)
              .toList());

  private static SettingOption ofAJob(SettingOption option) {
    return option.name().equals("envs")
        ? field("K=V", "An environment variable of the cluster's pods; may be repeated.", "envs")
        : option;
  }

  private RayClusterOptions() {}
}
