package dev.muster.daemon.ray;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Ray's job API over HTTP, as Ray 2.60 serves it (<a
 * href="https://docs.ray.io/en/latest/cluster/running-applications/job-submission/api.html">its
 * description</a>); checked against a real one.
 */
public final class HttpRayJobs implements RayJobs {
  private static final String JOBS = "/api/jobs/";

  private final Calls calls;

  /** Of a dashboard that stays where it is. */
  public HttpRayJobs(RayEndpoint endpoint) {
    this(() -> endpoint, gone -> {});
  }

  /**
   * Of a dashboard whose way can change: every request asks for the way of now, so that following a
   * log outlives a head that is replaced.
   *
   * @param way may block, and may throw a failure of the kind NO_ANSWER
   * @param lost told of a way that did not lead there
   */
  public HttpRayJobs(Supplier<RayEndpoint> way, Consumer<RayEndpoint> lost) {
    this(way, lost, Timing.USUAL);
  }

  HttpRayJobs(Supplier<RayEndpoint> way, Consumer<RayEndpoint> lost, Timing timing) {
    this.calls = new Calls(way, lost, timing);
  }

  @Override
  public String version() {
    Calls.Answer answer = calls.get("/api/version", new Cancellation());
    String version = answer.json().path("ray_version").asText();
    if (version.isEmpty()) {
      throw Refusals.notRay(answer.from(), "it tells no version of Ray");
    }
    return version;
  }

  @Override
  public List<RayJob> list() {
    Calls.Answer answer = calls.get(JOBS, new Cancellation());
    JsonNode said = answer.json();
    if (!said.isArray()) {
      throw Refusals.notRay(answer.from(), "it answers without a list of jobs");
    }
    List<RayJob> jobs = new ArrayList<>();
    said.forEach(job -> jobs.add(JobReader.job(job)));
    return List.copyOf(jobs);
  }

  @Override
  public Optional<RayJob> get(String id) {
    return get(id, new Cancellation());
  }

  Optional<RayJob> get(String id, Cancellation cancellation) {
    Calls.Answer answer = calls.get(path(id, ""), cancellation);
    try {
      JsonNode said = answer.json();
      if (!said.isObject()) {
        throw Refusals.notRay(answer.from(), "it answers without a job");
      }
      return Optional.of(JobReader.job(said));
    } catch (Failure e) {
      if (e.kind() == Failure.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public String submit(RaySubmission submission) {
    Calls.Answer answer =
        calls.send(
            "POST", JOBS, Calls.Load.json(SubmissionWriter.body(submission)), new Cancellation());
    String text = answer.text();
    for (String secret : SubmissionWriter.secrets(submission)) {
      text = text.replace(secret, "***");
    }
    JsonNode said = new Calls.Answer(answer.from(), answer.status(), text).json();
    // Before Ray 2.0 there was a job_id alone.
    String id = said.path("submission_id").asText(said.path("job_id").asText());
    if (id.isEmpty()) {
      throw Refusals.notRay(answer.from(), "it does not tell the job's id");
    }
    return id;
  }

  @Override
  public boolean stop(String id) {
    return calls
        .send("POST", path(id, "/stop"), Calls.Load.NONE, new Cancellation())
        .json()
        .path("stopped")
        .asBoolean();
  }

  @Override
  public boolean delete(String id) {
    return calls
        .send("DELETE", path(id, ""), Calls.Load.NONE, new Cancellation())
        .json()
        .path("deleted")
        .asBoolean();
  }

  @Override
  public void logs(String id, LogPlace from, LogSink sink) throws IOException {
    logs(id, new Handover(sink, from).pass()::write, new Cancellation());
  }

  void logs(String id, Calls.ByteTaker taker, Cancellation cancellation) throws IOException {
    LogText text = new LogText(taker);
    try {
      calls.stream(path(id, "/logs"), text, cancellation);
      text.end();
    } catch (LogText.NotLogs e) {
      throw Refusals.notRay(calls.endpoint(), "it answers without a log");
    }
  }

  @Override
  public void follow(String id, LogPlace from, LogSink sink, Cancellation cancellation)
      throws IOException {
    new LogFollow(this, calls, id, from, sink, cancellation).run();
  }

  @Override
  public String upload(LocalFiles files, Progress progress, Cancellation cancellation) {
    return new Upload(calls, cancellation).send(files, progress);
  }

  /** Of a job, below the base; ids can hold any character. */
  static String path(String id, String rest) {
    return JOBS + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20") + rest;
  }
}
