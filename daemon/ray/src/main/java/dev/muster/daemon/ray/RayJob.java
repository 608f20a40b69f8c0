package dev.muster.daemon.ray;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;

/**
 * A job as Ray's dashboard tells of it (Ray 2.60, JobDetails); what it does not say is empty or
 * null.
 *
 * @param type "SUBMISSION", or "DRIVER" for a program that connected by itself
 * @param jobId of the driver; empty until there is one
 * @param submissionId empty for a DRIVER
 * @param status PENDING, RUNNING, STOPPED, SUCCEEDED or FAILED, or what a newer Ray says
 * @param message for people
 * @param errorType such as JOB_ENTRYPOINT_COMMAND_ERROR; empty for none
 * @param started when it was submitted, by Ray's clock; null if unknown
 * @param ended null until then
 * @param runtimeEnv without the values of its env_vars; missing node if it has none
 * @param exitCode of its driver; null if there is none
 * @param raw whole, as Ray said it, without the values of env_vars
 */
public record RayJob(
    String type,
    String jobId,
    String submissionId,
    String status,
    String entrypoint,
    String message,
    String errorType,
    Instant started,
    Instant ended,
    Map<String, String> metadata,
    JsonNode runtimeEnv,
    Integer exitCode,
    JsonNode raw) {
  public RayJob {
    metadata = Map.copyOf(metadata);
  }

  /** What it is called by: the submission's id, else the driver's. */
  public String id() {
    return submissionId.isEmpty() ? jobId : submissionId;
  }

  /** Whether it is over. */
  public boolean over() {
    return switch (status) {
      case "STOPPED", "SUCCEEDED", "FAILED" -> true;
      default -> false;
    };
  }
}
