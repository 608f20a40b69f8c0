package dev.muster.daemon.kubernetes.views;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Key;
import dev.muster.daemon.core.Kind;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.kinds.Cells;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import dev.muster.daemon.kubernetes.raycluster.Requested;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The worker groups of RayClusters. Groups of two clusters may have one name: "CLUSTER/GROUP". */
public final class WorkerGroups {
  public static final String KIND = "workergroup";

  public static final View VIEW =
      new View(
          new Kind(
              KIND,
              false,
              Cells.columns(
                  "NAME",
                  "NAMESPACE",
                  "CLUSTER",
                  "REPLICAS",
                  "MIN",
                  "MAX",
                  "CPUS",
                  "GPUS",
                  "TPUS",
                  "MEMORY",
                  "+IMAGE")),
          List.of(RayClusterRow.RESOURCE),
          WorkerGroups::rows);

  private WorkerGroups() {}

  private static List<Row> rows(String identity, ObjectNode cluster, Instant observed) {
    List<Row> rows = new ArrayList<>();
    for (JsonNode group : cluster.path("spec").path("workerGroupSpecs")) {
      rows.add(row(identity, cluster, group, observed));
    }
    return rows;
  }

  private static Row row(String identity, JsonNode cluster, JsonNode group, Instant observed) {
    String name = group.path("groupName").asText("");
    String of = Meta.name(cluster);
    JsonNode template = group.path("template");
    long least = group.path("minReplicas").asLong(0);
    long replicas = group.path("replicas").asLong(least);
    String most = group.path("maxReplicas").asText("");
    boolean suspended =
        group.path("suspend").asBoolean() || cluster.path("spec").path("suspend").asBoolean();
    Requested each = Requested.ofPod(template);
    String image = template.path("spec").path("containers").path(0).path("image").asText("");
    ObjectNode details = Yaml.JSON.createObjectNode();
    details
        .put("cluster", of)
        .put("group", name)
        .put("replicas", replicas)
        .put("min", least)
        .put("max", most)
        .put("hosts", Math.max(1, group.path("numOfHosts").asLong(1)))
        .put("cpu", each.cpu())
        .put("memory", each.memory())
        .put("gpu", each.gpu())
        .put("tpu", each.tpu())
        .put("image", image);
    return new Row(
        new Key(identity, KIND, Meta.namespace(cluster), of + "/" + name),
        Meta.uid(cluster),
        Meta.version(cluster),
        suspended ? State.SUSPENDED : State.UNKNOWN,
        "",
        false,
        "",
        Meta.created(cluster),
        observed,
        observed,
        RayClusterRow.KIND + "/" + of,
        Meta.labels(cluster),
        Cells.line(
            name,
            Meta.namespace(cluster),
            of,
            replicas,
            least,
            most,
            each.cpu(),
            each.gpu(),
            each.tpu(),
            each.memory(),
            image),
        Yaml.json(details),
        "{}");
  }
}
