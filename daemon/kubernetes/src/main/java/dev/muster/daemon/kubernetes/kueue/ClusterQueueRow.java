package dev.muster.daemon.kubernetes.kueue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Kind;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.Quantity;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.kinds.Cells;
import dev.muster.daemon.kubernetes.kinds.Cells.Standing;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kinds.Resource;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What local queues draw on: quotas, and how much of them is reserved. In no namespace. */
public final class ClusterQueueRow {
  public static final String KIND = "clusterqueue";

  public static final Resource RESOURCE =
      Kueue.resource(
          new Kind(
              KIND,
              false,
              false,
              Cells.columns(
                  "NAME",
                  "STATE",
                  "COHORT",
                  "PENDING",
                  "RESERVING",
                  "ADMITTED",
                  "QUOTA",
                  "+REASON")),
          "ClusterQueue",
          "clusterqueues",
          ClusterQueueRow::of);

  private ClusterQueueRow() {}

  /** What one resource of one flavor has. */
  private record Share(String flavor, String resource) {}

  static Row of(String identity, ObjectNode queue, Instant observed) {
    JsonNode status = queue.path("status");
    String trouble = LocalQueueRow.trouble(queue);
    Standing standing =
        trouble.isEmpty()
            ? Standing.fine("Active")
            : new Standing(State.STOPPED, "Inactive", false, trouble);
    JsonNode spec = queue.path("spec");
    String cohort = spec.path("cohort").asText(spec.path("cohortName").asText(""));
    Map<Share, String> used = used(status);
    ObjectNode details = Yaml.JSON.createObjectNode();
    details
        .put("cohort", cohort)
        .put("pending", status.path("pendingWorkloads").asLong())
        .put("reserving", status.path("reservingWorkloads").asLong())
        .put("admitted", status.path("admittedWorkloads").asLong());
    var quotas = details.putArray("quotas");
    Map<String, String> shown = new TreeMap<>();
    for (JsonNode group : spec.path("resourceGroups")) {
      for (JsonNode flavor : group.path("flavors")) {
        for (JsonNode resource : flavor.path("resources")) {
          Share share = new Share(flavor.path("name").asText(""), resource.path("name").asText(""));
          String most = resource.path("nominalQuota").asText("0");
          String reserved = used.getOrDefault(share, "0");
          quotas
              .addObject()
              .put("flavor", share.flavor)
              .put("resource", share.resource)
              .put("quota", most)
              .put("reserved", reserved);
          shown.merge(share.resource, reserved + "/" + most, (a, b) -> a + "+" + b);
        }
      }
    }
    Meta.conditions(status, details.putArray("conditions"));
    String cells =
        Cells.line(
            Meta.name(queue),
            standing.state(),
            cohort,
            status.path("pendingWorkloads").asLong(),
            status.path("reservingWorkloads").asLong(),
            status.path("admittedWorkloads").asLong(),
            shown.entrySet().stream()
                .map(e -> e.getKey() + ":" + e.getValue())
                .collect(Collectors.joining(" ")),
            trouble);
    return Cells.row(identity, RESOURCE, queue, standing, cells, details, observed);
  }

  private static Map<Share, String> used(JsonNode status) {
    Map<Share, String> used = new TreeMap<>(java.util.Comparator.comparing(Share::toString));
    for (JsonNode flavor : status.path("flavorsReservation")) {
      for (JsonNode resource : flavor.path("resources")) {
        String name = resource.path("name").asText("");
        String total = resource.path("total").asText("0");
        Quantity quantity = Quantity.parse(total).orElse(Quantity.ZERO);
        used.put(
            new Share(flavor.path("name").asText(""), name),
            name.equals("memory") ? quantity.bytes() : quantity.plain());
      }
    }
    return used;
  }
}
