package dev.muster.daemon.kubernetes.ddp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.kubernetes.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One pod of a job, laid out as TorchX lays out its own. */
final class PodTemplate {
  static final String RANK0_HOST = "MUSTER_RANK0_HOST";
  static final String RANK = "MUSTER_RANK";

  static final String APP = "torchx.pytorch.org/app-name";

  /** The release of TorchX whose labels and variables these are. */
  private static final String TORCHX = "0.7.0";

  private static final String FILES = "MUSTER_FILES_";
  private static final String GPU = "nvidia.com/gpu";

  /** What TorchX leaves to a node's own processes. */
  private static final int RESERVED_MILLIS = 100;

  private static final int RESERVED_MB = 1024;

  /** Linux takes no variable of 128 KiB or more. */
  private static final int CHUNK = 120_000;

  private final PodsJob job;
  private final String podLabel;

  /**
   * @param podLabel set to the job's name for old dispatchers; empty for none
   */
  PodTemplate(PodsJob job, String podLabel) {
    this.job = job;
    this.podLabel = podLabel;
  }

  /** The labels of everything that is the job's. */
  static void label(ObjectNode object, String name) {
    object
        .withObjectProperty("metadata")
        .withObjectProperty("labels")
        .put(APP, name)
        .put("torchx.pytorch.org/version", TORCHX)
        .put("app.kubernetes.io/name", name)
        .put("app.kubernetes.io/instance", name)
        .put("app.kubernetes.io/managed-by", "muster");
  }

  /** The pod of one rank. */
  ObjectNode pod(String namespace, int rank) {
    ObjectNode pod = Yaml.JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("name", job.name() + "-" + rank).put("namespace", namespace);
    metadata(pod);
    pod.withObjectProperty("metadata")
        .withObjectProperty("labels")
        .put(DdpPods.REPLICA, Integer.toString(rank));
    ObjectNode spec = pod.putObject("spec");
    spec.put("hostname", job.name() + "-" + rank);
    spec(spec, rank);
    return pod;
  }

  /** What all pods have that an Indexed Job makes: those have their host names from it. */
  ObjectNode indexed() {
    ObjectNode template = Yaml.JSON.createObjectNode();
    metadata(template);
    spec(template.putObject("spec"), -1);
    return template;
  }

  private void metadata(ObjectNode pod) {
    label(pod, job.name());
    ObjectNode metadata = pod.withObjectProperty("metadata");
    ObjectNode labels = metadata.withObjectProperty("labels");
    labels.put("torchx.pytorch.org/role-index", "0");
    labels.put("torchx.pytorch.org/role-name", job.name());
    if (!podLabel.isEmpty()) {
      labels.put(podLabel, job.name());
    }
    Map<String, String> args = job.schedulerArgs();
    if (args.containsKey(SchedulerArgs.COSCHEDULER)) {
      labels.put("pod-group.scheduling.sigs.k8s.io", job.name() + "-pg");
    }
    // A sidecar of Istio's would go on when the job's container has ended.
    ObjectNode annotations = metadata.putObject("annotations");
    annotations.put("sidecar.istio.io/inject", "false");
    if (args.containsKey(SchedulerArgs.NETWORK)) {
      annotations.put("k8s.v1.cni.cncf.io/networks", args.get(SchedulerArgs.NETWORK));
    }
  }

  private void spec(ObjectNode spec, int rank) {
    Map<String, String> args = job.schedulerArgs();
    spec.put("subdomain", job.name()).put("restartPolicy", "Never");
    if (args.containsKey(SchedulerArgs.SERVICE_ACCOUNT)) {
      spec.put("serviceAccountName", args.get(SchedulerArgs.SERVICE_ACCOUNT));
    }
    if (args.containsKey(SchedulerArgs.PRIORITY_CLASS)) {
      spec.put("priorityClassName", args.get(SchedulerArgs.PRIORITY_CLASS));
    }
    if (args.containsKey(SchedulerArgs.COSCHEDULER)) {
      spec.put("schedulerName", args.get(SchedulerArgs.COSCHEDULER));
    }
    if (args.containsKey(SchedulerArgs.IMAGE_SECRET)) {
      spec.putArray("imagePullSecrets")
          .addObject()
          .put("name", args.get(SchedulerArgs.IMAGE_SECRET));
    }
    if (!job.machine().isEmpty()) {
      spec.putObject("nodeSelector").put("node.kubernetes.io/instance-type", job.machine());
    }
    ObjectNode container = spec.putArray("containers").addObject();
    container.put("name", "job").put("image", job.image());
    ArrayNode command = container.putArray("command");
    command().forEach(word -> command.add(literal(word)));
    variables(container.putArray("env"), rank);
    if (job.port() > 0) {
      container.putArray("ports").addObject().put("name", "c10d").put("containerPort", job.port());
    }
    resources(container.putObject("resources"));
    volumes(spec, container);
  }

  /** Kubernetes would put variables in for "$(NAME)". */
  private static String literal(String word) {
    return word.replace("$(", "$$(");
  }

  private List<String> command() {
    int chunks = chunks().size();
    if (chunks == 0) {
      return job.command();
    }
    StringBuilder files = new StringBuilder();
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < chunks; i++) {
      files.append('$').append(FILES).append(i);
      names.append(' ').append(FILES).append(i);
    }
    String unpack =
        "cd \"`mktemp -d`\" && printf %s \""
            + files
            + "\" | base64 -d > .muster.zip"
            + " && { python3 -m zipfile -e .muster.zip . || unzip -q .muster.zip; }"
            + " && rm .muster.zip && unset"
            + names
            + " && exec \"$@\"";
    List<String> command = new ArrayList<>(List.of("sh", "-c", unpack, "sh"));
    command.addAll(job.command());
    return command;
  }

  private List<String> chunks() {
    String text = job.archive().base64();
    List<String> chunks = new ArrayList<>();
    for (int at = 0; at < text.length(); at += CHUNK) {
      chunks.add(text.substring(at, Math.min(text.length(), at + CHUNK)));
    }
    return chunks;
  }

  private void variables(ArrayNode list, int rank) {
    String first = job.name() + "-0." + job.name();
    String host = rank == 0 ? "localhost" : first;
    Map<String, String> variables = new LinkedHashMap<>(job.env());
    if (job.port() > 0) {
      variables.put(RANK0_HOST, host);
      variables.put("TORCHX_RANK0_HOST", host);
      String role = job.name().replace("-", "").toUpperCase(Locale.ROOT);
      variables.put("TORCHX_MCAD_" + role + "_0_HOSTS", first);
    }
    if (rank >= 0) {
      variables.put(RANK, Integer.toString(rank));
    }
    int chunk = 0;
    for (String text : chunks()) {
      variables.put(FILES + chunk++, text);
    }
    variables.forEach((name, value) -> list.addObject().put("name", name).put("value", value));
    if (rank < 0) {
      list.addObject()
          .put("name", RANK)
          .putObject("valueFrom")
          .putObject("fieldRef")
          .put("fieldPath", "metadata.annotations['" + DdpPods.INDEX + "']");
    }
  }

  private void resources(ObjectNode resources) {
    ObjectNode requests = resources.putObject("requests");
    ObjectNode limits = resources.putObject("limits");
    if (job.cpu() != null) {
      requests.put("cpu", job.cpu() * 1000L - RESERVED_MILLIS + "m");
      limits.put("cpu", Integer.toString(job.cpu()));
    }
    if (job.memMB() != null) {
      int lower = job.memMB() - RESERVED_MB;
      requests.put("memory", (lower > 0 ? lower : job.memMB()) + "M");
      limits.put("memory", job.memMB() + "M");
    }
    if (job.gpu() != null && job.gpu() > 0) {
      requests.put(GPU, Integer.toString(job.gpu()));
      limits.put(GPU, Integer.toString(job.gpu()));
    }
  }

  private void volumes(ObjectNode spec, ObjectNode container) {
    ArrayNode volumes = spec.putArray("volumes");
    ArrayNode mounts = container.putArray("volumeMounts");
    // Data loaders share memory, and a container has 64 MiB of it otherwise.
    volumes.addObject().put("name", "dshm").putObject("emptyDir").put("medium", "Memory");
    mounts.addObject().put("name", "dshm").put("mountPath", "/dev/shm");
    int i = 0;
    for (Mount mount : job.mounts()) {
      String name = "mount-" + i++;
      ObjectNode volume = volumes.addObject().put("name", name);
      if (mount.volume()) {
        volume.putObject("persistentVolumeClaim").put("claimName", mount.src());
      } else {
        volume.putObject("hostPath").put("path", mount.src());
      }
      ObjectNode at = mounts.addObject().put("name", name).put("mountPath", mount.dst());
      if (mount.readOnly()) {
        at.put("readOnly", true);
      }
    }
  }
}
