package dev.muster.daemon.kubernetes.ddp;

import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The fields of a definition in the order in which they are written: those of codeflare-sdk's
 * DDPJobDefinition by their names there, and where the job is to run.
 */
enum Field {
  NAME("name", Type.TEXT, "What the job is called, and its pods after it."),
  SCRIPT(
      "script",
      Type.TEXT,
      "The Python script that every process runs, relative to the workspace; an absolute path is"
          + " one in the image."),
  M("m", Type.TEXT, "The Python module that every process runs."),
  SCRIPT_ARGS("script_args", Type.WORDS, "Its arguments, one in each line."),
  WORKSPACE(
      "workspace",
      Type.TEXT,
      "The directory that goes with the job; without it: the script alone as pods, the current"
          + " directory on a Ray cluster."),
  J("j", Type.TEXT, "Nodes and processes on each: [MIN:]NODESxPROCESSES."),
  CPU("cpu", Type.NUMBER, "CPUs of each node."),
  GPU("gpu", Type.NUMBER, "GPUs of each node."),
  MEM_MB("memMB", Type.NUMBER, "Memory of each node in MB."),
  H("h", Type.TEXT, "The type of machine to run on, such as aws_p3.8xlarge."),
  IMAGE("image", Type.TEXT, "The image of the pods."),
  ENV("env", Type.PAIRS, "Environment variables of every process."),
  MOUNTS("mounts", Type.MOUNTS, "What is mounted into the pods: type=bind|volume,src=..,dst=..."),
  MAX_RETRIES("max_retries", Type.NUMBER, "How often it is started again when it failed."),
  RDZV_PORT("rdzv_port", Type.NUMBER, "The port where the processes find each other."),
  RDZV_BACKEND("rdzv_backend", Type.TEXT, "How they find each other: c10d, static, etcd-v2, etcd."),
  SCHEDULER("scheduler", Type.TEXT, "Where it runs: ray or kubernetes."),
  CLUSTER_NAME("cluster_name", Type.TEXT, "The Ray cluster that it runs on."),
  LOCAL_QUEUE("local_queue", Type.TEXT, "The Kueue LocalQueue that it waits in."),
  SCHEDULER_ARGS("scheduler_args", Type.PAIRS, "What else the scheduler is told.");

  enum Type {
    TEXT,
    NUMBER,
    WORDS,
    PAIRS,
    MOUNTS
  }

  /** In a file. */
  final String key;

  final Type type;

  /** For a reader of the file. */
  final String comment;

  Field(String key, Type type, String comment) {
    this.key = key;
    this.type = type;
    this.comment = comment;
  }

  /** On the command line. */
  String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** However it is written: "memMB", "mem-mb" and "mem_mb" are the same. */
  static Optional<Field> of(String written) {
    String plain = written.replaceAll("[-_]", "");
    for (Field field : values()) {
      if (field.key.replace("_", "").equalsIgnoreCase(plain)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  /**
   * The USAGE failure for one that does not exist, with the nearest that do.
   *
   * @param place where it stands: "--cpus", or "train.job.yaml, line 3: cpus"
   * @param option whether it is written as an option rather than as a key
   */
  static Failure unknown(String place, String name, boolean option) {
    TreeSet<String> all = new TreeSet<>();
    for (Field field : values()) {
      all.add(option ? "--" + field.option() : field.key);
    }
    List<String> near = new ArrayList<>(Nearest.to(option ? "--" + name : name, all));
    return Failure.usage(
        place
            + " is not "
            + (option ? "an option" : "a field")
            + " of a job's definition"
            + (near.isEmpty()
                ? "; there are " + String.join(", ", all) + "."
                : "; did you mean " + String.join(" or ", near) + "?"));
  }
}
