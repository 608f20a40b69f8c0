package dev.muster.daemon.sandbox.kuberay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.api.Operators;
import dev.muster.daemon.sandbox.controllers.EventRecorder;
import dev.muster.daemon.sandbox.controllers.Objects;
import dev.muster.daemon.sandbox.controllers.Pace;
import dev.muster.daemon.sandbox.controllers.Stopwatch;
import dev.muster.daemon.sandbox.controllers.WorkQueue;
import dev.muster.daemon.sandbox.ray.RayDashboard;
import dev.muster.daemon.sandbox.store.Change;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ObjectKey;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.time.Duration;
import java.util.Optional;

/**
 * KubeRay's operator for RayJobs: takes a job through the states of rayjob_controller.go of KubeRay
 * 1.5.1, and has its entrypoint run on the stand-in of its cluster's dashboard. There is no pod
 * that submits the job: in every mode but InteractiveMode the operator does it itself.
 */
public final class RayJobController implements AutoCloseable {

  static final String COMPONENT = "rayjob-controller";
  static final String OPERATOR = "kuberay-operator";

  private static final String FINALIZER = "ray.io/rayjob-finalizer";
  private static final String INTERACTIVE = "InteractiveMode";

  /** How often KubeRay looks after a job when nothing tells it to. */
  private static final Duration POLL = Duration.ofSeconds(3);

  private static final Duration QUICKEST_POLL = Duration.ofMillis(5);

  private final Objects objects;
  private final Operators operators;
  private final EventRecorder events;
  private final Pace pace;
  private final Dashboards dashboards;
  private final RayJobCluster clusters;
  private final SubmitterFiles files;
  private final Stopwatch watch;
  private final WorkQueue<ObjectKey> queue = new WorkQueue<>("rayjobs", this::reconcile);

  /**
   * @param dashboards that jobs are submitted to
   */
  public RayJobController(
      Objects objects,
      Operators operators,
      EventRecorder events,
      Pace pace,
      Dashboards dashboards) {
    this.objects = objects;
    this.operators = operators;
    this.events = events;
    this.pace = pace;
    this.dashboards = dashboards;
    this.clusters = new RayJobCluster(objects, operators, events);
    this.files = new SubmitterFiles(objects);
    this.watch = new Stopwatch(pace);
  }

  /** A RayJob was written. */
  public void changed(Change change) {
    if (!change.deleted()) {
      queue.add(change.after().key(), pace.millis(100));
    }
  }

  /** A RayCluster was written; it may be a job's own. */
  public void clusterChanged(Change change) {
    String job = change.after().labels().get(RayJobCluster.JOB);
    if (job != null) {
      queue.add(new ObjectKey(change.after().key().namespace(), job), pace.millis(100));
    }
  }

  private void reconcile(ObjectKey key) {
    StoredObject job = objects.store().get(ResourceType.RAYJOBS, key).orElse(null);
    if (job == null) {
      return;
    }
    JsonNode tree = job.tree();
    ObjectNode old = tree.path("status") instanceof ObjectNode there ? there : Json.object();
    RayJobStatus status = new RayJobStatus(old.deepCopy(), objects.now());
    if (job.terminating()) {
      release(job, status);
      return;
    }
    step(job, tree.path("spec"), status);
    if (!status.json().equals(old)) {
      objects.change(
          ResourceType.RAYJOBS,
          key,
          now -> {
            if (now.at("/metadata/uid").asText().equals(job.uid())) {
              now.set("status", status.json());
            }
          });
    }
  }

  private void step(StoredObject job, JsonNode spec, RayJobStatus status) {
    switch (status.phase()) {
      case "" -> begin(job, spec, status);
      case "Initializing" -> {
        if (mayGoOn(job, spec, status)) {
          initialize(job, spec, status);
        }
      }
      case "Waiting" -> {
        if (mayGoOn(job, spec, status) && spec.hasNonNull("jobId")) {
          status.json().put("jobId", spec.path("jobId").asText());
          status.phase("Running");
        }
      }
      case "Running" -> {
        if (mayGoOn(job, spec, status)) {
          run(job, spec, status);
        }
      }
      case "Suspending" -> undo(job, spec, status, "Suspended");
      case "Retrying" -> undo(job, spec, status, "");
      case "Suspended" -> {
        if (!spec.path("suspend").asBoolean()) {
          status.phase("");
        }
      }
      case "Complete", "Failed" -> shutDown(job, spec, status);
      default -> {
        // ValidationFailed: only another job can be right.
      }
    }
  }

  private void begin(StoredObject job, JsonNode spec, RayJobStatus status) {
    String problem = RayJobCheck.problem(job.key().name(), spec);
    if (problem.isEmpty()) {
      operators.change(ResourceType.RAYJOBS, job.key(), OPERATOR, RayJobController::hold);
      status.begin(job, spec);
      return;
    }
    status.invalid(problem);
    events.warning(
        job,
        COMPONENT,
        "InvalidRayJobSpec",
        "The RayJob spec is invalid %s/%s: %s"
            .formatted(job.key().namespace(), job.key().name(), problem));
  }

  private static void hold(ObjectNode tree) {
    ArrayNode finalizers = Json.child(tree, "metadata").withArray("finalizers");
    for (JsonNode one : finalizers) {
      if (one.asText().equals(FINALIZER)) {
        return;
      }
    }
    finalizers.add(FINALIZER);
  }

  /** Suspended by its owner, or too late: then it does not. */
  private boolean mayGoOn(StoredObject job, JsonNode spec, RayJobStatus status) {
    if (spec.path("suspend").asBoolean()) {
      status.phase("Suspending");
      return false;
    }
    int deadline = spec.path("activeDeadlineSeconds").asInt();
    if (deadline > 0) {
      Duration left = watch.left(job.uid(), "deadline", Duration.ofSeconds(deadline));
      if (!left.isPositive()) {
        status.fail(
            "DeadlineExceeded",
            "The RayJob has passed the activeDeadlineSeconds. StartTime: %s. ActiveDeadlineSeconds: %d"
                .formatted(status.json().path("startTime").asText(), deadline));
        return false;
      }
      queue.add(job.key(), left);
    }
    return true;
  }

  private void initialize(StoredObject job, JsonNode spec, RayJobStatus status) {
    JsonNode cluster =
        clusters
            .ensure(job, spec, status.json())
            .map(found -> found.tree().path("status"))
            .orElse(Json.object());
    ObjectKey key = RayJobCluster.key(job, status.json());
    if (!cluster.path("state").asText().equals("ready")) {
      status.cluster(cluster);
      poll(job);
      return;
    }
    status
        .json()
        .put(
            "dashboardURL",
            "%s.%s.svc.cluster.local:8265"
                .formatted(RayPods.serviceName(key.name()), key.namespace()));
    status.phase(interactive(spec) ? "Waiting" : "Running");
  }

  private static boolean interactive(JsonNode spec) {
    return spec.path("submissionMode").asText().equals(INTERACTIVE);
  }

  private void run(StoredObject job, JsonNode spec, RayJobStatus status) {
    poll(job);
    clusters
        .ensure(job, spec, status.json())
        .ifPresent(found -> status.cluster(found.tree().path("status")));
    dashboards
        .of(RayJobCluster.key(job, status.json()))
        .ifPresent(dashboard -> follow(job.key().namespace(), dashboard, spec, status));
  }

  private void follow(
      String namespace, RayDashboard dashboard, JsonNode spec, RayJobStatus status) {
    Optional<JsonNode> info = dashboard.job(status.jobId());
    if (info.isPresent()) {
      status.follow(info.get());
      if (status.over()) {
        status.end(spec);
      }
    } else if (!interactive(spec)) {
      ObjectNode request = RayJobRequest.of(status.jobId(), spec);
      if (!files.send(namespace, spec, request, dashboard)) {
        return;
      }
      String refusal = dashboard.submit(request);
      if (!refusal.isEmpty()) {
        status.fail("SubmissionFailed", refusal.strip().replaceFirst("(?s).*\n", ""));
      }
    }
  }

  /** Takes everything of this attempt away, and begins again or waits to be let go. */
  private void undo(StoredObject job, JsonNode spec, RayJobStatus status, String next) {
    stop(job, status);
    if (clusters.delete(job, spec, status.json())) {
      status.forgetAttempt();
      watch.forget(job.uid());
      if (!next.isEmpty()) {
        status.phase(next);
      }
    } else {
      poll(job);
    }
  }

  private void shutDown(StoredObject job, JsonNode spec, RayJobStatus status) {
    if (!spec.path("shutdownAfterJobFinishes").asBoolean()) {
      return;
    }
    Duration ttl = Duration.ofSeconds(spec.path("ttlSecondsAfterFinished").asInt());
    Duration left = watch.left(job.uid(), "ttl", ttl);
    if (left.isPositive()) {
      queue.add(job.key(), left);
    } else {
      clusters.delete(job, spec, status.json());
    }
  }

  private void stop(StoredObject job, RayJobStatus status) {
    dashboards
        .of(RayJobCluster.key(job, status.json()))
        .ifPresent(dashboard -> dashboard.stop(status.jobId()));
  }

  /** The job is being deleted: what it has submitted ends. Its own cluster goes with it. */
  private void release(StoredObject job, RayJobStatus status) {
    stop(job, status);
    watch.forget(job.uid());
    operators.change(
        ResourceType.RAYJOBS,
        job.key(),
        OPERATOR,
        tree -> Objects.removeFinalizer(tree, FINALIZER));
  }

  private void poll(StoredObject job) {
    Duration next = pace.of(POLL);
    queue.add(job.key(), next.compareTo(QUICKEST_POLL) < 0 ? QUICKEST_POLL : next);
  }

  @Override
  public void close() {
    queue.close();
  }
}
