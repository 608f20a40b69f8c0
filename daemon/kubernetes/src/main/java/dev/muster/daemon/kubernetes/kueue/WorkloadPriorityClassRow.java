package dev.muster.daemon.kubernetes.kueue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Kind;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.kinds.Cells;
import dev.muster.daemon.kubernetes.kinds.Cells.Standing;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kinds.Resource;
import java.time.Instant;

/** A named priority in a queue; the higher value goes first. In no namespace. */
public final class WorkloadPriorityClassRow {
  public static final String KIND = "workloadpriorityclass";

  public static final Resource RESOURCE =
      Kueue.resource(
          new Kind(KIND, false, false, Cells.columns("NAME", "VALUE", "+DESCRIPTION")),
          "WorkloadPriorityClass",
          "workloadpriorityclasses",
          WorkloadPriorityClassRow::of);

  private WorkloadPriorityClassRow() {}

  static Row of(String identity, ObjectNode priority, Instant observed) {
    long value = priority.path("value").asLong();
    String description = priority.path("description").asText("");
    ObjectNode details =
        Yaml.JSON.createObjectNode().put("value", value).put("description", description);
    String cells = Cells.line(Meta.name(priority), value, description);
    return Cells.row(identity, RESOURCE, priority, Standing.fine(""), cells, details, observed);
  }
}
