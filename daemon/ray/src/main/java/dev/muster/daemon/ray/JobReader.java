package dev.muster.daemon.ray;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a job as the dashboard tells of it (Ray 2.60, JobDetails). */
final class JobReader {
  static final ObjectMapper JSON = JsonMapper.builder().build();

  /** Stands where a value of an environment variable was. */
  private static final String LEFT_OUT = "***";

  private JobReader() {}

  static RayJob job(JsonNode said) {
    JsonNode raw = withoutValues(said.deepCopy());
    JsonNode exit = raw.path("driver_exit_code");
    return new RayJob(
        text(raw, "type"),
        text(raw, "job_id"),
        text(raw, "submission_id"),
        text(raw, "status"),
        text(raw, "entrypoint"),
        text(raw, "message"),
        text(raw, "error_type"),
        time(raw, "start_time"),
        time(raw, "end_time"),
        metadata(raw.path("metadata")),
        raw.path("runtime_env").isObject() ? raw.path("runtime_env") : MissingNode.getInstance(),
        exit.isInt() ? exit.intValue() : null,
        raw);
  }

  private static JsonNode withoutValues(JsonNode raw) {
    if (raw.path("runtime_env").path("env_vars") instanceof ObjectNode variables) {
      variables.fieldNames().forEachRemaining(name -> variables.put(name, LEFT_OUT));
    }
    return raw;
  }

  private static String text(JsonNode raw, String field) {
    return raw.path(field).asText("");
  }

  /** Milliseconds since the epoch; 0 stands for unknown. */
  private static Instant time(JsonNode raw, String field) {
    long millis = raw.path(field).asLong();
    return millis == 0 ? null : Instant.ofEpochMilli(millis);
  }

  private static Map<String, String> metadata(JsonNode said) {
    Map<String, String> metadata = new LinkedHashMap<>();
    said.properties().forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
    return metadata;
  }
}
