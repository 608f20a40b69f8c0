package dev.muster.daemon.kubernetes.raycluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Key;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.kinds.Meta;
import java.time.Instant;

/**
 * A pod of a Ray cluster as a row that belongs to it. Its spec is not kept: nobody reads it, and
 * there are many pods.
 */
public final class PodRow {
  public static final String KIND = "pod";

  /** Narrows a list of pods to those of Ray clusters: KubeRay labels each. */
  public static final String SELECTOR = "&labelSelector=ray.io%2Fcluster";

  private PodRow() {}

  public static Row of(String identity, ObjectNode pod, PodNote note, Instant observed) {
    JsonNode metadata = pod.path("metadata");
    JsonNode status = pod.path("status");
    String phase = status.path("phase").asText("");
    boolean ready = Meta.isTrue(status, "Ready");
    State state =
        metadata.hasNonNull("deletionTimestamp")
            ? State.TERMINATING
            : switch (phase) {
              case "Pending" -> State.STARTING;
              case "Running" -> State.RUNNING;
              case "Succeeded" -> State.SUCCEEDED;
              case "Failed" -> State.FAILED;
              default -> State.UNKNOWN;
            };
    ObjectNode details = Yaml.JSON.createObjectNode();
    details
        .put("type", note.head() ? "head" : "worker")
        .put("group", metadata.path("labels").path("ray.io/group").asText(""))
        .put("node", pod.path("spec").path("nodeName").asText(""))
        .put("ip", status.path("podIP").asText(""));
    return new Row(
        new Key(
            identity,
            KIND,
            metadata.path("namespace").asText(""),
            metadata.path("name").asText("")),
        metadata.path("uid").asText(""),
        metadata.path("resourceVersion").asText(""),
        state,
        phase,
        ready,
        note.problem(),
        Meta.instant(metadata.path("creationTimestamp")),
        observed,
        observed,
        RayClusterRow.KIND + "/" + note.cluster(),
        Meta.labels(pod),
        metadata.path("name").asText("")
            + "\t"
            + metadata.path("namespace").asText("")
            + "\t"
            + state,
        Yaml.json(details),
        "{}");
  }
}
