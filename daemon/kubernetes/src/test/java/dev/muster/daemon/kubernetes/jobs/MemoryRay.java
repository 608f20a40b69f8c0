package dev.muster.daemon.kubernetes.jobs;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.ray.LocalFiles;
import dev.muster.daemon.ray.LogPlace;
import dev.muster.daemon.ray.RayJob;
import dev.muster.daemon.ray.RayJobs;
import dev.muster.daemon.ray.RaySubmission;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Ray whose jobs go on when a test says so. */
final class MemoryRay implements RayJobs {
  static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

  final Map<String, RayJob> jobs = new LinkedHashMap<>();
  final Map<String, String> printed = new LinkedHashMap<>();
  final List<RaySubmission> submitted = new ArrayList<>();
  int lists;

  /** Null while it answers. */
  Failure failure;

  /** Run while a list is under way, once. */
  Runnable meanwhile = () -> {};

  /** What is printed while somebody follows. */
  final Map<String, String> later = new LinkedHashMap<>();

  /** Whether it keeps what it is to delete, and forgets what it takes. */
  boolean keeps;

  boolean forgets;

  /** What {@link #stop} makes of a running job. */
  String stopped = "STOPPED";

  static RayJob job(String id, String status) {
    return job(id, status, "", null, Map.of());
  }

  static RayJob job(
      String id, String status, String message, Integer exitCode, Map<String, String> metadata) {
    boolean over = List.of("STOPPED", "SUCCEEDED", "FAILED").contains(status);
    ObjectNode raw = Yaml.JSON.createObjectNode();
    raw.put("submission_id", id).put("status", status).put("message", message);
    return new RayJob(
        "SUBMISSION",
        "",
        id,
        status,
        "python main.py",
        message,
        "",
        START,
        over ? START.plusSeconds(60) : null,
        metadata,
        MissingNode.getInstance(),
        exitCode,
        raw);
  }

  void put(RayJob job) {
    jobs.put(job.id(), job);
  }

  private void answer() {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public String version() {
    return "2.60.0";
  }

  @Override
  public List<RayJob> list() {
    lists++;
    answer();
    List<RayJob> answer = List.copyOf(jobs.values());
    Runnable once = meanwhile;
    meanwhile = () -> {};
    once.run();
    return answer;
  }

  @Override
  public Optional<RayJob> get(String id) {
    answer();
    return Optional.ofNullable(jobs.get(id));
  }

  @Override
  public String submit(RaySubmission submission) {
    answer();
    String id = submission.id().isEmpty() ? "raysubmit_1" : submission.id();
    if (jobs.containsKey(id)) {
      throw new Failure(Failure.Kind.EXISTS, "There is a job " + id + " already.");
    }
    submitted.add(submission);
    if (forgets) {
      return id;
    }
    RayJob made = job(id, "PENDING", "", null, submission.metadata());
    put(
        new RayJob(
            made.type(),
            "",
            id,
            "PENDING",
            submission.entrypoint(),
            "",
            "",
            START,
            null,
            submission.metadata(),
            submission.runtimeEnv(),
            null,
            made.raw()));
    return id;
  }

  @Override
  public boolean stop(String id) {
    answer();
    RayJob job = jobs.get(id);
    if (job == null) {
      throw new Failure(Failure.Kind.NOT_FOUND, "Job " + id + " does not exist");
    }
    if (job.over()) {
      return false;
    }
    put(job(id, stopped, "Job was intentionally stopped.", null, job.metadata()));
    return true;
  }

  @Override
  public boolean delete(String id) {
    answer();
    return !keeps && jobs.remove(id) != null;
  }

  @Override
  public void logs(String id, LogPlace from, LogSink sink) throws IOException {
    answer();
    byte[] whole = printed.getOrDefault(id, "").getBytes(StandardCharsets.UTF_8);
    int known = (int) Math.min(from.bytes(), whole.length);
    String rest = new String(whole, known, whole.length - known, StandardCharsets.UTF_8);
    for (String line : rest.splitWithDelimiters("\n", 0)) {
      sink.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Override
  public void follow(String id, LogPlace from, LogSink sink, Cancellation cancellation)
      throws IOException {
    printed.merge(id, later.getOrDefault(id, ""), String::concat);
    logs(id, from, sink);
    sink.note("noted");
    put(job(id, "SUCCEEDED"));
  }

  @Override
  public String upload(LocalFiles directory, Progress progress, Cancellation cancellation) {
    progress.at(1, 1);
    return "gcs://_ray_pkg_1.zip";
  }
}
