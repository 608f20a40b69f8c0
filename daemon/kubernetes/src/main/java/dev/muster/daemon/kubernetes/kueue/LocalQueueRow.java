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
import java.util.LinkedHashSet;
import java.util.Set;

/** A queue that people name, with the flavors that it gives out. */
public final class LocalQueueRow {
  public static final String KIND = "localqueue";

  public static final Resource RESOURCE =
      Kueue.resource(
          new Kind(
              KIND,
              false,
              Cells.columns(
                  "NAME",
                  "NAMESPACE",
                  "STATE",
                  "CLUSTER QUEUE",
                  "PENDING",
                  "RESERVING",
                  "ADMITTED",
                  "DEFAULT",
                  "FLAVORS",
                  "+REASON")),
          "LocalQueue",
          "localqueues",
          LocalQueueRow::of);

  private LocalQueueRow() {}

  static Row of(String identity, ObjectNode queue, Instant observed) {
    JsonNode status = queue.path("status");
    String trouble = trouble(queue);
    Standing standing =
        trouble.isEmpty()
            ? Standing.fine("Active")
            : new Standing(State.STOPPED, "Inactive", false, trouble);
    boolean preset =
        queue
            .path("metadata")
            .path("annotations")
            .path("kueue.x-k8s.io/default-queue")
            .asText("")
            .equalsIgnoreCase("true");
    Set<String> flavors = flavors(status);
    String clusterQueue = queue.path("spec").path("clusterQueue").asText("");
    String cells =
        Cells.line(
            Meta.name(queue),
            Meta.namespace(queue),
            standing.state(),
            clusterQueue,
            status.path("pendingWorkloads").asLong(),
            status.path("reservingWorkloads").asLong(),
            status.path("admittedWorkloads").asLong(),
            Cells.yes(preset),
            String.join(",", flavors),
            trouble);
    ObjectNode details = Yaml.JSON.createObjectNode();
    details
        .put("clusterQueue", clusterQueue)
        .put("default", preset)
        .put("pending", status.path("pendingWorkloads").asLong())
        .put("reserving", status.path("reservingWorkloads").asLong())
        .put("admitted", status.path("admittedWorkloads").asLong());
    flavors.forEach(details.putArray("flavors")::add);
    Meta.conditions(status, details.putArray("conditions"));
    return Cells.row(identity, RESOURCE, queue, standing, cells, details, observed);
  }

  /** Why it gives out nothing; empty when it does. A queue without a status is taken to be fine. */
  public static String trouble(JsonNode queue) {
    String stopped = Kueue.stopped(queue);
    if (!stopped.isEmpty()) {
      return stopped;
    }
    return Meta.condition(queue.path("status"), "Active")
        .filter(c -> c.path("status").asText("").equals("False"))
        .map(c -> Meta.join(c.path("reason").asText(""), c.path("message").asText("")))
        .orElse("");
  }

  /** "flavors" in newer versions; in all of them the names stand in what is in use as well. */
  private static Set<String> flavors(JsonNode status) {
    Set<String> names = new LinkedHashSet<>();
    for (String list :
        new String[] {"flavors", "flavorsReservation", "flavorUsage", "flavorsUsage"}) {
      status.path(list).forEach(flavor -> names.add(flavor.path("name").asText("")));
    }
    return names;
  }
}
