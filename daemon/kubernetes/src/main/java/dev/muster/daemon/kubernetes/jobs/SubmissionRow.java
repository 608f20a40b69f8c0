package dev.muster.daemon.kubernetes.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.Quantity;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.kinds.Cells;
import dev.muster.daemon.kubernetes.kinds.Cells.Standing;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.ray.RayJob;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What was submitted to a Ray cluster, as a row of the cache. */
final class SubmissionRow {
  /** Ray puts up to 20,000 characters of the log into a message; its end says why. */
  private static final int LONGEST_MESSAGE = 4_000;

  private SubmissionRow() {}

  /**
   * @param requested what its entrypoint asked for, {@link #requested}, where whoever submitted it
   *     told us: Ray's API does not. Null: unknown
   */
  static Row of(
      String identity, Cluster cluster, RayJob job, JsonNode requested, Instant observed) {
    Standing standing = standing(job);
    JsonNode asked = requested == null || requested.isMissingNode() ? told(job.raw()) : requested;
    String resources = words(asked.isEmpty() ? Distributed.requested(job.entrypoint()) : asked);
    boolean driver = job.submissionId().isEmpty();
    String cells =
        Cells.line(
            job.id(),
            driver ? "-" : job.submissionId(),
            job.jobId().isEmpty() ? "-" : job.jobId(),
            cluster.name(),
            cluster.namespace(),
            resources,
            job.status(),
            driver ? "ray driver" : "ray",
            job.entrypoint(),
            standing.reason());
    String started = job.started() == null ? "" : job.started().toString();
    return new Row(
        JobKind.key(identity, cluster, job.id()),
        cluster.uid() + "/" + job.id() + "/" + started,
        "",
        standing.state(),
        standing.word(),
        standing.ready(),
        standing.reason(),
        job.started() == null ? Instant.EPOCH : job.started(),
        job.over() ? job.ended() : standing.state() == State.RUNNING ? null : job.started(),
        observed,
        "RayCluster/" + cluster.name(),
        labels(job),
        cells,
        Yaml.json(details(cluster, job, asked, resources)),
        object(job));
  }

  private static Standing standing(RayJob job) {
    String word = job.status();
    return switch (word) {
      case "PENDING" ->
          // Ray says so of whatever asks for resources, until it runs.
          job.message().contains("waiting for resources")
              ? new Standing(State.QUEUED, word, false, Meta.line(job.message()))
              : new Standing(State.STARTING, word, false, Meta.line(job.message()));
      case "RUNNING" -> new Standing(State.RUNNING, word, true, "");
      case "SUCCEEDED" -> new Standing(State.SUCCEEDED, word, false, "");
      case "STOPPED" -> new Standing(State.STOPPED, word, false, Meta.line(job.message()));
      case "FAILED" -> new Standing(State.FAILED, word, false, failure(job));
      default -> new Standing(State.UNKNOWN, word, false, Meta.line(cut(job.message())));
    };
  }

  /** "exit code 3: the last line of what it printed". */
  private static String failure(RayJob job) {
    List<String> lines =
        job.message().lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    String last = lines.isEmpty() ? "" : lines.getLast();
    if (job.exitCode() == null) {
      return last.isEmpty() ? job.errorType() : last;
    }
    String code = "exit code " + job.exitCode();
    return lines.size() < 2 ? code : code + ": " + last;
  }

  private static String labels(RayJob job) {
    return job.metadata().entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .filter(label -> label.lines().count() == 1)
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  /**
   * What only a job has, as the documented record: scheduler ("ray"), type, submissionId, jobId,
   * rayCluster, entrypoint, started, ended, exitCode (null: none), status, message, errorType,
   * metadata {}, envVars [names], workingDir, resources (in words, of a distributed job those of
   * all nodes), requested {cpus, gpus, memory, resources {}} by its entrypoint as far as known.
   */
  private static ObjectNode details(
      Cluster cluster, RayJob job, JsonNode requested, String resources) {
    ObjectNode details = Yaml.JSON.createObjectNode();
    details
        .put("scheduler", "ray")
        .put("type", job.type())
        .put("submissionId", job.submissionId())
        .put("jobId", job.jobId())
        .put("rayCluster", cluster.name())
        .put("entrypoint", job.entrypoint())
        .put("started", job.started() == null ? "" : job.started().toString())
        .put("ended", job.ended() == null ? "" : job.ended().toString())
        .put("exitCode", job.exitCode())
        .put("status", job.status())
        .put("message", cut(job.message()))
        .put("errorType", job.errorType());
    ObjectNode metadata = details.putObject("metadata");
    job.metadata().entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(e -> metadata.put(e.getKey(), e.getValue()));
    var names = details.putArray("envVars");
    job.runtimeEnv().path("env_vars").fieldNames().forEachRemaining(names::add);
    details.put("workingDir", job.runtimeEnv().path("working_dir").asText(""));
    details.put("resources", resources);
    details.set("requested", requested);
    return details;
  }

  private static String object(RayJob job) {
    if (!(job.raw() instanceof ObjectNode raw)) {
      return "{}";
    }
    ObjectNode object = raw.deepCopy();
    object.put("message", cut(job.message()));
    return Yaml.json(object);
  }

  private static String cut(String message) {
    return message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(message.length() - LONGEST_MESSAGE);
  }

  /**
   * What an entrypoint asks for, as {@link #of} keeps it.
   *
   * @param memoryBytes null: not said, like the two before it
   */
  static ObjectNode requested(
      Double cpus, Double gpus, Long memoryBytes, java.util.Map<String, Double> resources) {
    ObjectNode requested = Yaml.JSON.createObjectNode();
    if (cpus != null) {
      requested.put("cpus", cpus);
    }
    if (gpus != null) {
      requested.put("gpus", gpus);
    }
    if (memoryBytes != null) {
      requested.put("memory", memoryBytes);
    }
    if (!resources.isEmpty()) {
      ObjectNode custom = requested.putObject("resources");
      resources.forEach(custom::put);
    }
    return requested;
  }

  /** Where a newer Ray should tell it, it tells it as it was submitted. */
  private static ObjectNode told(JsonNode raw) {
    ObjectNode requested = Yaml.JSON.createObjectNode();
    copy(raw, "entrypoint_num_cpus", requested, "cpus");
    copy(raw, "entrypoint_num_gpus", requested, "gpus");
    copy(raw, "entrypoint_memory", requested, "memory");
    if (raw.path("entrypoint_resources").isObject()) {
      requested.set("resources", raw.path("entrypoint_resources"));
    }
    return requested;
  }

  private static void copy(JsonNode raw, String field, ObjectNode into, String name) {
    if (raw.path(field).isNumber()) {
      into.set(name, raw.path(field));
    }
  }

  /** "2 CPU, 1 GPU, 4Gi"; "-" for nothing that is known. */
  private static String words(JsonNode requested) {
    List<String> words = new ArrayList<>();
    if (requested.has("cpus")) {
      words.add(number(requested.path("cpus")) + " CPU");
    }
    if (requested.has("gpus")) {
      words.add(number(requested.path("gpus")) + " GPU");
    }
    if (requested.has("memory")) {
      words.add(new Quantity(requested.path("memory").decimalValue()).bytes());
    }
    requested
        .path("resources")
        .properties()
        .forEach(e -> words.add(number(e.getValue()) + " " + e.getKey()));
    return words.isEmpty() ? "-" : String.join(", ", words);
  }

  private static String number(JsonNode number) {
    BigDecimal value = number.decimalValue().stripTrailingZeros();
    return value.toPlainString();
  }
}
