package dev.muster.daemon.sandbox.ray;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.process.LocalProcess;
import dev.muster.daemon.sandbox.process.Scratch;
import dev.muster.daemon.sandbox.store.Json;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs one job's entrypoint, as Ray's job supervisor does. One thread runs it, others may stop it.
 */
final class JobRun implements Runnable {

  /** How long Ray takes to set up an environment that needs nothing. */
  private static final Duration SET_UP = Duration.ofMillis(800);

  /** How long it waits between SIGTERM and SIGKILL. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final DateTimeFormatter LOG_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS").withZone(ZoneOffset.UTC);

  private final Job job;
  private final RayDashboardOptions options;
  private final Packages packages;
  private final JobPlace place;
  private LocalProcess process;
  private boolean stopped;

  JobRun(Job job, RayDashboardOptions options, Packages packages, JobPlace place) {
    this.job = job;
    this.options = options;
    this.packages = packages;
    this.place = place;
  }

  @Override
  public void run() {
    try {
      job.ended(attempt(), options.clock().millis());
    } catch (IOException e) {
      String message = "Unexpected error occurred: " + e.getMessage();
      job.ended(
          new Job.End("FAILED", message, "JOB_SUPERVISOR_ACTOR_UNKNOWN_FAILURE", null),
          options.clock().millis());
    } catch (InterruptedException e) {
      // The dashboard closes, and nobody can ask for the job any more.
      kill();
    } finally {
      Scratch.remove(place.work());
      Scratch.remove(place.modules());
    }
  }

  private Job.End attempt() throws IOException, InterruptedException {
    String time = LOG_TIME.format(options.clock().instant());
    log(time + "\tINFO job_manager.py:581 -- Runtime env is setting up.\n");
    Thread.sleep(options.pace().of(SET_UP));
    Files.createDirectories(place.work());
    JsonNode environment = Json.object().set("runtime_env", job.submission().runtimeEnv());
    String uri = environment.at("/runtime_env/working_dir").asText("");
    if (!uri.isEmpty() && !packages.unpack(uri, place.work())) {
      return new Job.End("FAILED", Tracebacks.badEnv(uri), "RUNTIME_ENV_SETUP_FAILURE", null);
    }
    List<String> modules = new ArrayList<>();
    for (JsonNode module : environment.at("/runtime_env/py_modules")) {
      Path target = place.modules().resolve(String.valueOf(modules.size()));
      Files.createDirectories(target);
      if (!packages.unpack(module.asText(), target)) {
        String bad = Tracebacks.badEnv(module.asText());
        return new Job.End("FAILED", bad, "RUNTIME_ENV_SETUP_FAILURE", null);
      }
      modules.add(target.toString());
    }
    log("Running entrypoint for job %s: %s\n".formatted(job.id(), job.submission().entrypoint()));
    Map<String, String> variables = variables();
    variables.putAll(Json.strings(environment.at("/runtime_env/env_vars")));
    if (!modules.isEmpty()) {
      variables.put("PYTHONPATH", String.join(":", modules));
    }
    if (!start(variables)) {
      return Job.End.stopped();
    }
    int code = process.waitFor();
    process.kill();
    return end(code);
  }

  private Map<String, String> variables() {
    ObjectNode config = Json.object();
    config.set("runtime_env", job.submission().runtimeEnv());
    ObjectNode metadata = config.putObject("metadata");
    metadata.put("job_submission_id", job.id()).put("job_name", job.id());
    Map<String, String> variables = new TreeMap<>();
    variables.put("PATH", System.getenv("PATH") + ":" + place.bin());
    variables.put("PYTHONUNBUFFERED", "1");
    variables.put("RAY_ADDRESS", "127.0.0.1:6379");
    variables.put("RAY_JOB_CONFIG_JSON_ENV_VAR", config.toString());
    variables.put("RAY_JOB_SUBMISSION_ID", job.id());
    return variables;
  }

  /** False when the job was stopped before. */
  private synchronized boolean start(Map<String, String> variables) throws IOException {
    if (stopped) {
      return false;
    }
    process =
        LocalProcess.start(
            List.of("bash", "-c", job.submission().entrypoint()),
            place.work(),
            variables,
            Redirect.appendTo(job.log().toFile()));
    job.running(place.driver(job.submission().entrypoint(), process.pid()));
    return true;
  }

  private synchronized Job.End end(int code) throws IOException {
    if (stopped) {
      return Job.End.stopped();
    }
    if (code == 0) {
      return new Job.End("SUCCEEDED", "Job finished successfully.", "", 0);
    }
    String message =
        "Job entrypoint command failed with exit code %d, last available logs (truncated to 20,000 chars):\n"
            .formatted(code);
    return new Job.End(
        "FAILED", message + LogTail.last(job.log()), "JOB_ENTRYPOINT_COMMAND_ERROR", code);
  }

  /** Ends the entrypoint with all that it started; at once when it does not listen. */
  void stop() {
    LocalProcess running;
    synchronized (this) {
      stopped = true;
      running = process;
    }
    if (running != null) {
      running.stop(options.pace().of(PATIENCE));
    }
  }

  private synchronized void kill() {
    stopped = true;
    if (process != null) {
      process.kill();
    }
  }

  private void log(String line) throws IOException {
    Files.writeString(
        job.log(),
        line,
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
