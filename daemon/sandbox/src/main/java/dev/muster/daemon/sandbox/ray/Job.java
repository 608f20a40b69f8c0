package dev.muster.daemon.sandbox.ray;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.store.Json;
import java.nio.file.Path;

/** One submission and how far it is. Safe for many threads. */
final class Job {

  /**
   * How a job ended.
   *
   * @param error Ray's name for the kind of failure, empty for none
   * @param exitCode of the entrypoint, null when it has none
   */
  record End(String status, String message, String error, Integer exitCode) {

    static End stopped() {
      return new End("STOPPED", "Job was intentionally stopped.", "", null);
    }
  }

  /** Where the entrypoint runs. */
  record Driver(String agent, String node, String jobId, long pid) {}

  private final String id;
  private final Submission submission;
  private final Path log;
  private final long start;
  private Driver driver;
  private End end;
  private long endTime;

  /**
   * @param log file with what it prints
   * @param start in milliseconds, as Ray writes times
   */
  Job(String id, Submission submission, Path log, long start) {
    this.id = id;
    this.submission = submission;
    this.log = log;
    this.start = start;
  }

  String id() {
    return id;
  }

  Submission submission() {
    return submission;
  }

  Path log() {
    return log;
  }

  synchronized String status() {
    return end != null ? end.status() : driver != null ? "RUNNING" : "PENDING";
  }

  /** SUCCEEDED, FAILED or STOPPED: nothing more happens. */
  synchronized boolean over() {
    return end != null;
  }

  /** By its submission's id or its driver's job id. */
  synchronized boolean is(String wanted) {
    return id.equals(wanted)
        || driver != null && !driver.jobId().isEmpty() && driver.jobId().equals(wanted);
  }

  synchronized void running(Driver where) {
    driver = where;
  }

  synchronized void ended(End how, long time) {
    if (end == null) {
      end = how;
      endTime = time;
    }
  }

  private String message() {
    if (end != null) {
      return end.message();
    }
    return driver == null ? submission.waiting() : "Job is currently running.";
  }

  /** As {@code JobDetails} of Ray's job API. */
  synchronized ObjectNode json() {
    ObjectNode json = Json.object().put("type", "SUBMISSION");
    boolean connected = driver != null && !driver.jobId().isEmpty();
    json.put("job_id", connected ? driver.jobId() : null);
    json.put("submission_id", id);
    if (connected) {
      json.putObject("driver_info")
          .put("id", driver.jobId())
          .put("node_ip_address", "127.0.0.1")
          .put("pid", Long.toString(driver.pid()));
    } else {
      json.putNull("driver_info");
    }
    json.put("status", status());
    json.put("entrypoint", submission.entrypoint());
    json.put("message", message());
    json.put("error_type", end == null || end.error().isEmpty() ? null : end.error());
    json.put("start_time", start);
    json.put("end_time", end == null ? null : endTime);
    json.set("metadata", submission.metadata());
    json.set("runtime_env", submission.runtimeEnv());
    json.put("driver_agent_http_address", driver == null ? null : driver.agent());
    json.put("driver_node_id", driver == null ? null : driver.node());
    json.put("driver_exit_code", end == null ? null : end.exitCode());
    return json;
  }
}
