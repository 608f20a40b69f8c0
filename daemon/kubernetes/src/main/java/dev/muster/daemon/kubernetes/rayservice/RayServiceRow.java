package dev.muster.daemon.kubernetes.rayservice;

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
import java.util.List;

/** A RayService as a row of the cache: as much of it as a list shows. */
public final class RayServiceRow {
  public static final String KIND = "rayservice";

  public static final Resource RESOURCE =
      new Resource(
          new Kind(
              KIND,
              false,
              Cells.columns(
                  "NAME",
                  "NAMESPACE",
                  "STATE",
                  "READY",
                  "STATUS",
                  "RAYCLUSTER",
                  "ENDPOINTS",
                  "+REASON")),
          "RayService",
          "rayservices",
          List.of("ray.io"),
          "KubeRay",
          "",
          RayServiceRow::of);

  private RayServiceRow() {}

  static Row of(String identity, ObjectNode service, Instant observed) {
    JsonNode status = service.path("status");
    Standing standing = standing(service);
    String cluster = status.path("activeServiceStatus").path("rayClusterName").asText("");
    long endpoints = status.path("numServeEndpoints").asLong();
    String cells =
        Cells.line(
            Meta.name(service),
            Meta.namespace(service),
            standing.state(),
            Cells.yes(standing.ready()),
            standing.word(),
            cluster,
            endpoints,
            standing.reason());
    ObjectNode details =
        Yaml.JSON.createObjectNode().put("rayCluster", cluster).put("endpoints", endpoints);
    Meta.conditions(status, details.putArray("conditions"));
    return Cells.row(identity, RESOURCE, service, standing, cells, details, observed);
  }

  /** The condition Ready where there is one (KubeRay 1.3), else the older word "Running". */
  private static Standing standing(JsonNode service) {
    JsonNode status = service.path("status");
    String word = status.path("serviceStatus").asText("");
    if (Meta.deleting(service)) {
      return new Standing(State.TERMINATING, word, false, Meta.deletion(service));
    }
    if (Meta.condition(status, "Ready").isEmpty()) {
      return word.equals("Running")
          ? new Standing(State.READY, word, true, "")
          : new Standing(State.STARTING, word, false, "");
    }
    if (Meta.isTrue(status, "Ready")) {
      return new Standing(State.READY, word, true, "");
    }
    JsonNode ready = Meta.condition(status, "Ready").orElseThrow();
    return new Standing(
        State.STARTING,
        word,
        false,
        Meta.join(ready.path("reason").asText(""), ready.path("message").asText("")));
  }
}
