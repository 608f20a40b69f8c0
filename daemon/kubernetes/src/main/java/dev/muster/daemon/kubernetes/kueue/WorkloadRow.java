package dev.muster.daemon.kubernetes.kueue;

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
import java.time.Instant;

/** A Workload of Kueue, what it makes of everything that wants quota, as a row of the cache. */
public final class WorkloadRow {
  public static final String KIND = "workload";

  public static final Resource RESOURCE =
      Kueue.resource(
          new Kind(
              KIND,
              false,
              Cells.columns(
                  "NAME",
                  "NAMESPACE",
                  "STATE",
                  "QUEUE",
                  "CLUSTER QUEUE",
                  "PRIORITY",
                  "OWNER",
                  "+REASON")),
          "Workload",
          "workloads",
          WorkloadRow::of);

  private WorkloadRow() {}

  static Row of(String identity, ObjectNode workload, Instant observed) {
    WorkloadNote note = WorkloadNote.of(workload);
    JsonNode status = workload.path("status");
    Standing standing = standing(workload, note);
    String clusterQueue = status.path("admission").path("clusterQueue").asText("");
    String cells =
        Cells.line(
            note.name(),
            note.namespace(),
            standing.state(),
            note.queue(),
            clusterQueue,
            note.priority(),
            note.owner(),
            standing.reason());
    ObjectNode details = Yaml.JSON.createObjectNode();
    details
        .put("queue", note.queue())
        .put("clusterQueue", clusterQueue)
        .put("priority", note.priority())
        .put("priorityClass", Kueue.priorityClass(workload))
        .put("active", workload.path("spec").path("active").asBoolean(true))
        .put("message", note.message());
    details.set("requested", Requested.of(workload));
    Meta.conditions(status, details.putArray("conditions"));
    return Cells.row(identity, RESOURCE, workload, standing, cells, details, observed);
  }

  private static Standing standing(JsonNode workload, WorkloadNote note) {
    JsonNode status = workload.path("status");
    if (Meta.deleting(workload)) {
      return new Standing(State.TERMINATING, "", false, Meta.deletion(workload));
    }
    if (note.finished()) {
      JsonNode finished = Meta.condition(status, "Finished").orElseThrow();
      String reason = finished.path("reason").asText("");
      boolean failed = reason.equals("Failed") || reason.equals("JobFailed");
      return new Standing(
          failed ? State.FAILED : State.SUCCEEDED,
          reason,
          false,
          failed ? Meta.line(finished.path("message").asText("")) : "");
    }
    if (note.deactivated()) {
      return new Standing(
          note.quota() ? State.SUSPENDING : State.SUSPENDED,
          Meta.condition(status, "Evicted").map(c -> c.path("reason").asText("")).orElse(""),
          false,
          note.reason());
    }
    if (note.pending()) {
      String word =
          Meta.condition(status, "QuotaReserved")
              .map(c -> c.path("reason").asText(""))
              .orElse("Pending");
      return new Standing(State.QUEUED, word, false, note.reason());
    }
    if (!Meta.isTrue(status, "Admitted")) {
      return new Standing(
          State.STARTING,
          "QuotaReserved",
          false,
          "it has quota and waits for its admission checks");
    }
    return new Standing(State.RUNNING, "Admitted", true, "");
  }
}
