package dev.muster.daemon.kubernetes.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.jobs.Places.Found;
import dev.muster.daemon.ray.RayJob;
import dev.muster.daemon.ray.RayJobs;
import dev.muster.daemon.ray.RaySubmission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A job on a Ray cluster once more, as it was submitted, under an id of its own. */
final class Again {
  private Again() {}

  /**
   * @throws Failure USAGE if it is not over, or was given what muster does not know any more
   */
  static RaySubmission of(Site site, Found found) {
    RayJob job = found.job();
    String id = job.submissionId();
    if (!job.over()) {
      throw Failure.usage(
          "The job " + id + " is " + job.status() + "; stop it first, or wait until it is over.");
    }
    if (!job.runtimeEnv().path("env_vars").isEmpty()) {
      throw Failure.usage(
          "The job "
              + id
              + " has environment variables, whose values muster does not keep: submit it anew with"
              + " them.");
    }
    JsonNode requested = requested(site, found);
    return new RaySubmission(
        next(found.place().ray(), id),
        job.entrypoint(),
        job.runtimeEnv().isObject() ? job.runtimeEnv().deepCopy() : Yaml.JSON.createObjectNode(),
        job.metadata(),
        number(requested, "cpus"),
        number(requested, "gpus"),
        requested.has("memory") ? Long.valueOf(requested.path("memory").asLong()) : null,
        resources(requested));
  }

  /** As far as it is known: Ray does not tell. */
  private static JsonNode requested(Site site, Found found) {
    return Yaml.fromJson(
            site.reader()
                .get(Places.row(site, found).key())
                .map(Row::details)
                .filter(details -> !details.isEmpty())
                .orElse("{}"))
        .path("requested");
  }

  private static Double number(JsonNode requested, String name) {
    return requested.has(name) ? Double.valueOf(requested.path(name).asDouble()) : null;
  }

  private static Map<String, Double> resources(JsonNode requested) {
    Map<String, Double> resources = new LinkedHashMap<>();
    requested
        .path("resources")
        .properties()
        .forEach(e -> resources.put(e.getKey(), e.getValue().asDouble()));
    return resources;
  }

  /** "train-2" after "train", "train-3" after "train-2", or the next that nobody has. */
  private static String next(RayJobs ray, String id) {
    List<String> taken = ray.list().stream().map(RayJob::id).toList();
    int dash = id.lastIndexOf('-');
    boolean counted = dash > 0 && id.substring(dash + 1).matches("[1-9]\\d{0,5}");
    String stem = counted ? id.substring(0, dash) : id;
    int number = counted ? Integer.parseInt(id.substring(dash + 1)) + 1 : 2;
    while (taken.contains(stem + "-" + number)) {
      number++;
    }
    return stem + "-" + number;
  }
}
