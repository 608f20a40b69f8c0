package dev.muster.daemon.kubernetes.views;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Key;
import dev.muster.daemon.core.Kind;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.kinds.Cells;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.raycluster.PodNote;
import dev.muster.daemon.kubernetes.raycluster.PodRow;
import dev.muster.daemon.kubernetes.raycluster.Requested;
import java.time.Instant;
import java.util.List;

/** The nodes of Ray clusters, which are pods. */
public final class Nodes {
  public static final String KIND = "node";

  private static final Kind COLUMNS =
      new Kind(
          KIND,
          false,
          Cells.columns(
              "NAME",
              "NAMESPACE",
              "CLUSTER",
              "TYPE",
              "WORKER GROUP",
              "STATE",
              "READY",
              "CPUS",
              "GPUS",
              "TPUS",
              "MEMORY",
              "+HOST",
              "+IP",
              "+REASON"));

  public static final View VIEW =
      new View(
          COLUMNS,
          List.of(
              new Resource(
                  COLUMNS, "Pod", "pods", List.of(""), "Kubernetes", PodRow.SELECTOR, Nodes::row)),
          (identity, pod, observed) -> List.of(row(identity, pod, observed)));

  private Nodes() {}

  private static Row row(String identity, ObjectNode pod, Instant observed) {
    PodNote note = PodNote.of(pod);
    Row as = PodRow.of(identity, pod, note, observed);
    JsonNode labels = pod.path("metadata").path("labels");
    String group = labels.path("ray.io/group").asText("");
    Requested amounts = Requested.ofPod(pod);
    String host = pod.path("spec").path("nodeName").asText("");
    String ip = pod.path("status").path("podIP").asText("");
    ObjectNode details = Yaml.JSON.createObjectNode();
    details
        .put("cluster", note.cluster())
        .put("type", note.head() ? "head" : "worker")
        .put("group", group)
        .put("host", host)
        .put("ip", ip)
        .put("cpu", amounts.cpu())
        .put("memory", amounts.memory())
        .put("gpu", amounts.gpu())
        .put("tpu", amounts.tpu());
    return new Row(
        new Key(identity, KIND, Meta.namespace(pod), Meta.name(pod)),
        as.uid(),
        as.version(),
        as.state(),
        as.nativeState(),
        as.ready(),
        as.reason(),
        as.created(),
        observed,
        observed,
        as.owner(),
        as.labels(),
        Cells.line(
            Meta.name(pod),
            Meta.namespace(pod),
            note.cluster(),
            note.head() ? "head" : "worker",
            group,
            as.state(),
            Cells.yes(as.ready()),
            amounts.cpu(),
            amounts.gpu(),
            amounts.tpu(),
            amounts.memory(),
            host,
            ip,
            as.reason()),
        Yaml.json(details),
        "{}");
  }
}
