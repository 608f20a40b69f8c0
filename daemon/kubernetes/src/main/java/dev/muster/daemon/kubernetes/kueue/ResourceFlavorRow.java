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
import java.util.stream.Collectors;

/** A sort of node that quota is given out of. In no namespace. */
public final class ResourceFlavorRow {
  public static final String KIND = "resourceflavor";

  public static final Resource RESOURCE =
      Kueue.resource(
          new Kind(KIND, false, false, Cells.columns("NAME", "NODE LABELS", "+TAINTS")),
          "ResourceFlavor",
          "resourceflavors",
          ResourceFlavorRow::of);

  private ResourceFlavorRow() {}

  static Row of(String identity, ObjectNode flavor, Instant observed) {
    ObjectNode details = Yaml.JSON.createObjectNode();
    ObjectNode labels = details.putObject("nodeLabels");
    flavor
        .path("spec")
        .path("nodeLabels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    details.put("taints", flavor.path("spec").path("nodeTaints").size());
    String cells =
        Cells.line(
            Meta.name(flavor),
            labels.properties().stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .collect(Collectors.joining(",")),
            details.path("taints").asInt());
    return Cells.row(identity, RESOURCE, flavor, Standing.fine(""), cells, details, observed);
  }
}
