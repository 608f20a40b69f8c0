package dev.muster.daemon.sandbox.kuberay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.api.Names;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/**
 * The status of a RayJob while it is written.
 *
 * @param json the status
 * @param now the time, as Kubernetes writes it
 */
record RayJobStatus(ObjectNode json, String now) {

  private static final Set<String> OVER = Set.of("SUCCEEDED", "FAILED", "STOPPED");

  /** What one attempt has made of it: the next one begins without. */
  private static final List<String> ATTEMPT =
      List.of(
          "dashboardURL",
          "endTime",
          "jobDeploymentStatus",
          "jobId",
          "jobStatus",
          "message",
          "rayClusterName",
          "rayClusterStatus",
          "rayJobInfo",
          "reason");

  /** jobDeploymentStatus; empty in the beginning. */
  String phase() {
    return json.path("jobDeploymentStatus").asText("");
  }

  void phase(String phase) {
    json.put("jobDeploymentStatus", phase);
  }

  String jobId() {
    return json.path("jobId").asText("");
  }

  void invalid(String problem) {
    phase("ValidationFailed");
    json.put("reason", "ValidationFailed").put("message", problem);
  }

  /** Names the submission and the cluster before either is made, so that neither is made twice. */
  void begin(StoredObject job, JsonNode spec) {
    String name = job.key().name();
    if (!spec.path("submissionMode").asText().equals("InteractiveMode")) {
      json.put("jobId", spec.path("jobId").asText(name + "-" + Names.suffix()));
    }
    String selected = RayJobCluster.selected(spec);
    json.put("rayClusterName", selected.isEmpty() ? name + "-" + Names.suffix() : selected);
    json.put("startTime", now);
    json.put("failed", json.path("failed").asInt())
        .put("succeeded", json.path("succeeded").asInt());
    phase("Initializing");
  }

  void cluster(JsonNode status) {
    if (status.isObject()) {
      json.set("rayClusterStatus", status.deepCopy());
    }
  }

  /** Takes over what Ray says of the submission. */
  void follow(JsonNode info) {
    json.put("jobStatus", info.path("status").asText());
    json.put("message", info.path("message").asText());
    ObjectNode times = Json.child(json, "rayJobInfo");
    times.put("startTime", time(info.path("start_time")));
    if (info.path("end_time").isNumber()) {
      times.put("endTime", time(info.path("end_time")));
    }
  }

  private static String time(JsonNode millis) {
    return Instant.ofEpochMilli(millis.asLong()).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  boolean over() {
    return OVER.contains(json.path("jobStatus").asText(""));
  }

  /** The submission is over; a job that may be tried again is. */
  void end(JsonNode spec) {
    if (json.path("jobStatus").asText().equals("FAILED")) {
      fail("AppFailed", json.path("message").asText());
      if (json.path("failed").asInt() <= spec.path("backoffLimit").asInt()) {
        phase("Retrying");
      }
    } else {
      json.put("succeeded", json.path("succeeded").asInt() + 1).put("endTime", now);
      phase("Complete");
    }
  }

  void fail(String reason, String message) {
    json.put("reason", reason).put("message", message).put("endTime", now);
    json.put("failed", json.path("failed").asInt() + 1);
    phase("Failed");
  }

  void forgetAttempt() {
    json.remove(ATTEMPT);
  }
}
