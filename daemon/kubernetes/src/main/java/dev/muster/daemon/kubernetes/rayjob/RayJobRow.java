package dev.muster.daemon.kubernetes.rayjob;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Kind;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.kinds.Cells;
import dev.muster.daemon.kubernetes.kinds.Cells.Standing;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.kueue.WorkloadNote;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A RayJob as a row of the cache. */
public final class RayJobRow {
  public static final String KIND = "rayjob";
  public static final String TITLE = "RayJob";

  public static final Resource RESOURCE =
      new Resource(
          new Kind(
              KIND,
              true,
              Cells.columns(
                  "NAME",
                  "NAMESPACE",
                  "STATE",
                  "JOB STATUS",
                  "DEPLOYMENT",
                  "RAYCLUSTER",
                  "+JOB ID",
                  "+REASON")),
          TITLE,
          "rayjobs",
          List.of("ray.io"),
          "KubeRay",
          "",
          (identity, job, observed) -> of(identity, job, WorkloadNote.NONE, observed));

  /** How far KubeRay is when the job has no pods. */
  private static final Set<String> STOPPED = Set.of("", "Suspended");

  /** Where KubeRay suspends it from when its Workload is deactivated: it is not over. */
  private static final Set<String> STOPPABLE =
      Set.of("", "Initializing", "Waiting", "Retrying", "Running", "Suspending", "Suspended");

  private RayJobRow() {}

  /**
   * @param workload Kueue's, if there is one
   */
  public static Row of(String identity, ObjectNode job, WorkloadNote workload, Instant observed) {
    JsonNode status = job.path("status");
    Standing standing = standing(job, workload);
    String cluster =
        status
            .path("rayClusterName")
            .asText(job.path("spec").path("clusterSelector").path("ray.io/cluster").asText(""));
    String cells =
        Cells.line(
            Meta.name(job),
            Meta.namespace(job),
            standing.state(),
            status.path("jobStatus").asText(""),
            status.path("jobDeploymentStatus").asText(""),
            cluster,
            status.path("jobId").asText(""),
            standing.reason());
    ObjectNode details = Yaml.JSON.createObjectNode();
    details
        .put("jobStatus", status.path("jobStatus").asText(""))
        .put("deploymentStatus", status.path("jobDeploymentStatus").asText(""))
        .put("jobId", status.path("jobId").asText(""))
        .put("rayCluster", cluster)
        .put("dashboard", status.path("dashboardURL").asText(""))
        .put("entrypoint", job.path("spec").path("entrypoint").asText(""))
        .put("queue", Meta.queue(job))
        .put("started", status.path("startTime").asText(""))
        .put("ended", status.path("endTime").asText(""))
        .put("succeeded", status.path("succeeded").asInt(0))
        .put("failed", status.path("failed").asInt(0));
    if (job.path("spec") instanceof ObjectNode spec) {
      // It holds the values of environment variables, which can be secrets.
      spec.remove("runtimeEnvYAML");
    }
    return Cells.row(identity, RESOURCE, job, standing, cells, details, observed);
  }

  /** The same row, because its Workload has changed. */
  public static Row again(Row row, WorkloadNote workload) {
    return of(
        row.key().identity(), (ObjectNode) Yaml.fromJson(row.object()), workload, row.observed());
  }

  /** KubeRay's "JobDeploymentStatus" says how far it is, its "JobStatus" what Ray says of it. */
  private static Standing standing(JsonNode job, WorkloadNote workload) {
    JsonNode status = job.path("status");
    String deployment = status.path("jobDeploymentStatus").asText("");
    String ray = status.path("jobStatus").asText("");
    boolean differ = differ(deployment, ray);
    String word =
        ray.isEmpty() ? deployment : ray + (differ ? " (KubeRay: " + deployment + ")" : "");
    String said =
        with(
            Meta.join(status.path("reason").asText(""), status.path("message").asText("")),
            differ ? "Ray says " + ray + ", KubeRay " + deployment : "");
    if (Meta.deleting(job)) {
      return new Standing(State.TERMINATING, word, false, Meta.deletion(job));
    }
    if (workload.deactivated() && STOPPABLE.contains(deployment)) {
      boolean stopped = STOPPED.contains(deployment) && suspend(job);
      return new Standing(
          stopped ? State.SUSPENDED : State.SUSPENDING, word, false, workload.reason());
    }
    if (workload.exists() && workload.pending()) {
      return new Standing(State.QUEUED, word, false, workload.reason());
    }
    return switch (deployment) {
      case "", "Initializing", "Waiting", "Retrying" ->
          queued(job)
              ? queue(job, word)
              : new Standing(State.STARTING, word, false, starting(deployment, said));
      case "Running" ->
          switch (ray) {
            case "RUNNING" -> new Standing(State.RUNNING, word, true, "");
            // It is not over before KubeRay says so: what belongs to it is not tidied up yet.
            case "SUCCEEDED", "FAILED", "STOPPED" -> new Standing(State.RUNNING, word, true, said);
            default -> new Standing(State.STARTING, word, false, starting(deployment, said));
          };
      case "Complete" ->
          switch (ray) {
            case "FAILED" -> new Standing(State.FAILED, word, false, said);
            case "STOPPED" -> new Standing(State.STOPPED, word, false, said);
            default -> new Standing(State.SUCCEEDED, word, false, differ ? said : "");
          };
      case "Failed", "ValidationFailed" -> new Standing(State.FAILED, word, false, said);
      case "Suspending" -> suspended(job, word, new Standing(State.SUSPENDING, word, false, said));
      case "Suspended" ->
          suspended(
              job,
              word,
              new Standing(State.SUSPENDED, word, false, "suspended by its \"suspend\" field"));
      default -> new Standing(State.UNKNOWN, word, false, said);
    };
  }

  /** Whether one of the two says that it is over and the other that it is not. */
  private static boolean differ(String deployment, String ray) {
    boolean over = List.of("SUCCEEDED", "FAILED", "STOPPED").contains(ray);
    return switch (deployment) {
      case "Running" -> over;
      case "Complete", "Failed" -> !ray.isEmpty() && !over;
      default -> false;
    };
  }

  private static String with(String said, String more) {
    return said.isEmpty() || more.isEmpty() ? said + more : said + "; " + more;
  }

  /**
   * What KubeRay has suspended or is suspending. In a queue that is no user's doing: Kueue begins
   * and ends each wait for quota so, and takes the field back before KubeRay (1.5) has noticed.
   *
   * @param own what it is if somebody has suspended it by its field
   */
  private static Standing suspended(JsonNode job, String word, Standing own) {
    if (queued(job)) {
      return queue(job, word);
    }
    if (suspend(job)) {
      return own;
    }
    String why =
        Meta.queue(job).isEmpty()
            ? "resuming after it was suspended"
            : "it has quota and is about to be started";
    return new Standing(State.STARTING, word, false, why);
  }

  private static boolean queued(JsonNode job) {
    return suspend(job) && !Meta.queue(job).isEmpty();
  }

  private static boolean suspend(JsonNode job) {
    return job.path("spec").path("suspend").asBoolean();
  }

  private static Standing queue(JsonNode job, String word) {
    return new Standing(
        State.QUEUED, word, false, "waiting for quota in the local queue " + Meta.queue(job));
  }

  private static String starting(String deployment, String said) {
    if (!said.isEmpty()) {
      return said;
    }
    return switch (deployment) {
      case "Running" -> "waiting for Ray to start it";
      case "Waiting" -> "waiting to be submitted";
      case "Retrying" -> "it failed and is tried again";
      default -> "waiting for its cluster";
    };
  }
}
