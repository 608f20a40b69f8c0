package dev.muster.cli.options;

import static dev.muster.cli.options.SettingOption.field;
import static dev.muster.cli.options.SettingOption.flag;

import java.util.ArrayList;
import java.util.List;

/**
 * What describes a job: the words of {@code ray job submit}, of TorchX's DDP component as
 * CodeFlare's command line spells them, and of a RayJob's fields.
 */
public final class JobOptions {
  /** The mixin's name, which is also its heading in the help. */
  public static final String MIXIN = "job";

  private static final SettingOption CLUSTER =
      field(
          "CLUSTER",
          "The Ray cluster that runs it; without one it becomes pods on Kubernetes.",
          "cluster-name",
          "ray-cluster");

  private static final SettingOption SCHEDULER =
      field("SCHEDULER", "ray, or kubernetes: pods of its own in an AppWrapper.", "scheduler");

  private static final List<SettingOption> RUNTIME =
      List.of(
          field(
              "DIR",
              "A directory that is sent and is the current one where it runs; what .gitignore and"
                  + " .rayignore name stays here.",
              "working-dir",
              "-w"),
          field("FILE", "Ray's runtime environment, as YAML or JSON.", "runtime-env"),
          field("JSON", "The same, given directly.", "runtime-env-json"),
          field("K=V", "An environment variable of what it runs; may be repeated.", "env"),
          field(
              "PACKAGE",
              "A Python package to install, or a file of them that ends in .txt; may be repeated.",
              "pip"),
          field("JSON", "What is to be kept with it, as an object of texts.", "metadata-json"),
          field("ID", "The id that Ray knows it by.", "submission-id"),
          field("COUNT", "CPUs for the command itself.", "entrypoint-num-cpus"),
          field("COUNT", "GPUs for the command itself.", "entrypoint-num-gpus"),
          field(
              "JSON",
              "Other resources for the command itself, such as '{\"fpga\": 1}'.",
              "entrypoint-resources"),
          field("BYTES", "Memory for the command itself.", "entrypoint-memory"),
          field(
              "URL",
              "Ray's dashboard, such as http://127.0.0.1:8265, instead of the way that muster"
                  + " finds.",
              "address"),
          field("JSON", "Headers for the requests to --address, as an object of texts.", "headers"),
          field(
              "true|false|FILE",
              "Whether the certificate of --address is looked at, or the CA that it must be of.",
              "verify"));

  private static final SettingOption IMAGE =
      field("IMAGE", "The image, where it becomes pods.", "image");

  private static final List<SettingOption> PROGRAM =
      List.of(
          field("FILE", "The Python script to run; this or --m.", "script"),
          field("MODULE", "The Python module to run; this or --script.", "m"));

  private static final List<SettingOption> NODES =
      List.of(
          field("ARGS", "Arguments of the script or module; may be repeated.", "script-args"),
          field("COUNT", "CPUs of each node.", "cpu"),
          field("COUNT", "GPUs of each node.", "gpu"),
          field("MB", "Memory of each node; also --memMB.", "mem-mb"),
          field("TYPE", "The type of machine to run on.", "h"),
          field("NxP", "Nodes and processes on each, such as 2x4.", "j"),
          field("COUNT", "How often it is started again when it failed.", "max-retries"),
          field(
              "MOUNT",
              "A mount: type=bind|volume,src=..,dst=..[,readonly]; may be repeated.",
              "mounts"),
          field("PORT", "Where the processes find each other; 29500 if left out.", "rdzv-port"),
          field("NAME", "How they find each other; c10d if left out.", "rdzv-backend"),
          field("K=V", "What else the scheduler is told; may be repeated.", "scheduler-args"),
          field("DIR", "The directory that goes with it.", "workspace"),
          field(
              "QUEUE",
              "The Kueue local queue, where it becomes pods; '' for none.",
              "local-queue"));

  private static final List<SettingOption> OF_RAYJOB =
      List.of(
          field(
              "CLUSTER",
              "The Ray cluster that runs it; without one it brings its own.",
              "cluster-name",
              "ray-cluster"),
          field("COMMAND", "What to run, if it does not stand behind --.", "entrypoint"),
          field("SECONDS", "When it is deleted after its end.", "ttl-seconds-after-finished"),
          field("SECONDS", "How long it may run.", "active-deadline-seconds"),
          field("COUNT", "How often it is tried again.", "backoff-limit"),
          field(
              "MODE",
              "How it is handed to Ray: K8sJobMode, HTTPMode, SidecarMode or InteractiveMode.",
              "submission-mode"),
          flag("Delete its cluster at its end.", "shutdown-after-job-finishes"),
          flag("Make it, but let it wait until it is resumed.", "suspend"),
          field("CLASS", "Kueue's priority class of it.", "priority-class"));

  /** Of what is submitted. */
  public static final SettingOptions SUBMITTED =
      new SettingOptions(
          joined(
              List.of(CLUSTER, SCHEDULER),
              RUNTIME,
              List.of(
                  flag("Wait until the Ray cluster is ready, and submit it then.", "wait-cluster"),
                  field("K=V", "Something to be kept with it; may be repeated.", "metadata"),
                  IMAGE)));

  /** What may be said anew of a definition that is submitted, or of pods. */
  public static final SettingOptions OF_DEFINITION = new SettingOptions(NODES);

  public static final SettingOptions SUBMITTED_OR_DEFINED = SUBMITTED.and(OF_DEFINITION);

  /** Of a definition of a distributed job. */
  public static final SettingOptions DEFINED =
      new SettingOptions(
          joined(
              PROGRAM,
              NODES,
              List.of(
                  field("K=V", "An environment variable; may be repeated, or with commas.", "env"),
                  IMAGE,
                  SCHEDULER,
                  CLUSTER)));

  /** Of a RayJob itself. */
  public static final SettingOptions RAYJOB = new SettingOptions(joined(OF_RAYJOB, RUNTIME));

  /** Of a RayJob and the cluster that it brings. */
  public static final SettingOptions RAYJOB_AND_CLUSTER = RAYJOB.and(RayClusterOptions.OF_A_JOB);

  @SafeVarargs
  private static List<SettingOption> joined(List<SettingOption>... tables) {
    List<SettingOption> all = new ArrayList<>();
    for (List<SettingOption> table : tables) {
      all.addAll(table);
    }
    return all;
  }

  private JobOptions() {}
}
