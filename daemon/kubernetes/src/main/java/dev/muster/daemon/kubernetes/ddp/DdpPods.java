package dev.muster.daemon.kubernetes.ddp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.define.Queueing;
import dev.muster.daemon.kubernetes.define.Wrapper.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A job as pods in an AppWrapper, which are queued, started and deleted as one: a pod for each
 * node, a headless Service by which they find the first, and a PodGroup for a co-scheduler. The
 * layout is <a href="https://docs.pytorch.org/torchx/latest/schedulers.html">TorchX's</a>
 * (kubernetes_mcad), so that its tools know these jobs too.
 */
public final class DdpPods {
  /** The label by which everything of a job is found; its value is the job's name. */
  public static final String APP = PodTemplate.APP;

  /** The label of a pod's rank; pods of an Indexed Job have {@link #INDEX} instead. */
  public static final String REPLICA = "torchx.pytorch.org/replica-id";

  /** The label that Kubernetes gives pods of an Indexed Job. */
  public static final String INDEX = "batch.kubernetes.io/job-completion-index";

  private static final String OPERATOR = "workload.codeflare.dev.appwrapper/";

  /** Kueue's, and AppWrapper's webhook's. */
  private static final int MOST_POD_SETS = 8;

  /** In base64, in all pods together; an object of 1.5 MiB is refused by the server. */
  private static final int MOST_FILES = 1024 * 1024;

  private final PodsJob job;
  private final String namespace;
  private final Shape shape;

  private DdpPods(PodsJob job, String namespace, Shape shape) {
    this.job = job;
    this.namespace = namespace;
    this.shape = shape;
  }

  /**
   * Makes the AppWrapper.
   *
   * @param shape the newest that the server has
   * @param queue the LocalQueue that it waits in; see {@link Queueing}
   * @param warnings gets sentences about what has no effect
   * @return an AppWrapper, ready to be created
   * @throws Failure USAGE if it cannot be in an AppWrapper
   */
  public static ObjectNode manifest(
      PodsJob job, String namespace, Shape shape, Optional<String> queue, List<String> warnings) {
    return new DdpPods(job, namespace, shape).make(queue, warnings);
  }

  private boolean isOld() {
    return shape != Shape.V1BETA2;
  }

  /** Pods by themselves are a pod set each, and there may be few of those; a Job is one. */
  private boolean isIndexed() {
    return !isOld() && job.nodes() > MOST_POD_SETS;
  }

  private ObjectNode make(Optional<String> queue, List<String> warnings) {
    fits();
    ObjectNode wrapper = Yaml.JSON.createObjectNode();
    wrapper.put("apiVersion", shape.apiVersion()).put("kind", "AppWrapper");
    wrapper.putObject("metadata").put("name", job.name()).put("namespace", namespace);
    PodTemplate.label(wrapper, job.name());
    if (isOld()) {
      old(wrapper, queue, warnings);
    } else {
      newest(wrapper, queue, warnings);
    }
    return wrapper;
  }

  private void fits() {
    int copies = isIndexed() ? 1 : job.nodes();
    int most = MOST_FILES / 4 * 3 / copies;
    if (job.archive().size() > most) {
      throw Failure.usage(
          "The job's files have "
              + kib(job.archive().size())
              + " KiB when packed, and "
              + kib(most)
              + " KiB can go with "
              + (job.nodes() == 1 ? "one pod" : "the pods of " + job.nodes() + " nodes")
              + "; put them into the image, or name a smaller --workspace.");
    }
  }

  private static long kib(long bytes) {
    return (bytes + 1023) / 1024;
  }

  private void newest(ObjectNode wrapper, Optional<String> queue, List<String> warnings) {
    ObjectNode metadata = wrapper.withObjectProperty("metadata");
    queue.ifPresent(q -> metadata.withObjectProperty("labels").put(Queueing.LABEL, q));
    ObjectNode annotations = metadata.putObject("annotations");
    annotations.put(OPERATOR + "retryLimit", Integer.toString(job.retries()));
    // Its pods never start again by themselves: there is nothing to wait a minute for.
    annotations.put(OPERATOR + "failureGracePeriodDuration", "5s");
    // Otherwise what they printed would be gone with them, at once.
    annotations.put(OPERATOR + "deletionOnFailureGracePeriodDuration", "10m");
    if (job.schedulerArgs().containsKey(SchedulerArgs.PRIORITY)) {
      warnings.add(
          "scheduler_args priority changes nothing: an AppWrapper of "
              + shape.apiVersion()
              + " has none (priority_class_name names a class of its pods').");
    }
    ArrayNode components = wrapper.putObject("spec").putArray("components");
    for (ObjectNode part : parts()) {
      ObjectNode component = components.addObject();
      String kind = part.path("kind").asText();
      if (kind.equals("Pod") || kind.equals("Job")) {
        component
            .putArray("podSets")
            .addObject()
            .put("replicas", kind.equals("Job") ? job.nodes() : 1)
            .put("path", kind.equals("Job") ? "template.spec.template" : "template");
      }
      component.set("template", part);
    }
  }

  private void old(ObjectNode wrapper, Optional<String> queue, List<String> warnings) {
    if (!queue.orElse("").isEmpty()) {
      warnings.add(
          "The local queue "
              + queue.get()
              + " changes nothing: MCAD queues an AppWrapper of "
              + shape.apiVersion()
              + ", and not Kueue.");
    }
    ObjectNode spec = wrapper.putObject("spec");
    String priority = job.schedulerArgs().get(SchedulerArgs.PRIORITY);
    if (priority != null) {
      spec.put("priority", Integer.parseInt(priority));
    }
    ObjectNode scheduling = spec.putObject("schedulingSpec").put("minAvailable", job.nodes());
    if (job.retries() > 0) {
      scheduling
          .putObject("requeuing")
          .put("timeInSeconds", 300)
          .put("maxTimeInSeconds", 0)
          .put("growthType", "exponential")
          .put("maxNumRequeuings", job.retries());
    }
    ArrayNode items = spec.putObject("resources").putArray("GenericItems");
    for (ObjectNode part : parts()) {
      ObjectNode item = items.addObject().put("replicas", 1);
      if (part.path("kind").asText().equals("Pod")) {
        JsonNode amounts = part.path("spec").path("containers").path(0).path("resources");
        ObjectNode pod = item.putArray("custompodresources").addObject().put("replicas", 1);
        pod.set("requests", amounts.path("requests").deepCopy());
        pod.set("limits", amounts.path("limits").deepCopy());
      }
      item.set("generictemplate", part);
    }
  }

  /** In the order in which they are to be created. */
  private List<ObjectNode> parts() {
    List<ObjectNode> parts = new ArrayList<>();
    if (job.port() > 0) {
      parts.add(service());
    }
    if (job.schedulerArgs().containsKey(SchedulerArgs.COSCHEDULER)) {
      parts.add(podGroup());
    }
    PodTemplate template = new PodTemplate(job, shape.podLabel());
    if (isIndexed()) {
      parts.add(indexed(template.indexed()));
      return parts;
    }
    for (int rank = 0; rank < job.nodes(); rank++) {
      parts.add(template.pod(namespace, rank));
    }
    return parts;
  }

  private ObjectNode object(String apiVersion, String kind, String name) {
    ObjectNode object = Yaml.JSON.createObjectNode();
    object.put("apiVersion", apiVersion).put("kind", kind);
    object.putObject("metadata").put("name", name).put("namespace", namespace);
    PodTemplate.label(object, job.name());
    return object;
  }

  private ObjectNode service() {
    ObjectNode service = object("v1", "Service", job.name());
    ObjectNode spec = service.putObject("spec");
    // Pods look for the first before it is ready, and each has an address of its own.
    spec.put("clusterIP", "None").put("publishNotReadyAddresses", true);
    spec.putObject("selector").put(APP, job.name());
    spec.putArray("ports").addObject().put("name", "c10d").put("port", job.port());
    return service;
  }

  private ObjectNode podGroup() {
    ObjectNode group = object("scheduling.sigs.k8s.io/v1alpha1", "PodGroup", job.name() + "-pg");
    group.putObject("spec").put("minMember", job.nodes());
    return group;
  }

  private ObjectNode indexed(ObjectNode template) {
    ObjectNode indexed = object("batch/v1", "Job", job.name());
    ObjectNode spec = indexed.putObject("spec");
    spec.put("completionMode", "Indexed")
        .put("completions", job.nodes())
        .put("parallelism", job.nodes())
        .put("backoffLimit", 0);
    spec.set("template", template);
    return indexed;
  }
}
