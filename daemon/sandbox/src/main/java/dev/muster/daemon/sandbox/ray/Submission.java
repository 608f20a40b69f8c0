package dev.muster.daemon.sandbox.ray;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.store.Json;
import java.util.Map;
import java.util.Set;

/**
 * A request to run a job, checked as {@code JobSubmitRequest} in ray/dashboard/modules/job/
 * common.py checks it.
 *
 * @param json the request
 */
record Submission(ObjectNode json) {

  private static final Set<String> KNOWN =
      Set.of(
          "entrypoint",
          "submission_id",
          "job_id",
          "runtime_env",
          "metadata",
          "entrypoint_num_cpus",
          "entrypoint_num_gpus",
          "entrypoint_memory",
          "entrypoint_resources",
          "entrypoint_label_selector");

  /**
   * Reads a request.
   *
   * @throws RayError 400 when it is none
   */
  static Submission parse(String text) {
    JsonNode json;
    try {
      json = Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new RayError(400, Tracebacks.noJson());
    }
    if (!(json instanceof ObjectNode object)) {
      throw new RayError(400, Tracebacks.noJson());
    }
    return of(object);
  }

  /** The same with a request that is read already. */
  static Submission of(ObjectNode json) {
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!KNOWN.contains(name)) {
                throw new RayError(
                    400,
                    Tracebacks.call("got an unexpected keyword argument '%s'".formatted(name)));
              }
            });
    if (!json.has("entrypoint")) {
      throw new RayError(
          400, Tracebacks.call("missing 1 required positional argument: 'entrypoint'"));
    }
    JsonNode entrypoint = json.get("entrypoint");
    check(entrypoint.isTextual(), "entrypoint must be a string", "self.entrypoint", entrypoint);
    Submission submission = new Submission(json);
    submission.text("submission_id");
    submission.text("job_id");
    submission.object("runtime_env");
    submission
        .object("metadata")
        .forEach(value -> check(value.isTextual(), "metadata values must be strings", "v", value));
    submission.checkNumber("entrypoint_num_cpus", "a number");
    submission.checkNumber("entrypoint_num_gpus", "a number");
    submission.checkNumber("entrypoint_memory", "an integer");
    submission
        .object("entrypoint_resources")
        .forEach(
            value ->
                check(value.isNumber(), "entrypoint_resources values must be numbers", "v", value));
    return submission;
  }

  private static void check(boolean holds, String rule, String expression, JsonNode value) {
    if (!holds) {
      throw new RayError(400, Tracebacks.type(rule, expression, type(value)));
    }
  }

  private static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "str";
      case BOOLEAN -> "bool";
      case ARRAY -> "list";
      case OBJECT -> "dict";
      case NUMBER -> value.isIntegralNumber() ? "int" : "float";
      default -> "NoneType";
    };
  }

  private String text(String field) {
    JsonNode value = json.path(field);
    boolean none = value.isMissingNode() || value.isNull();
    check(
        none || value.isTextual(), field + " must be a string if provided", "self." + field, value);
    return none ? "" : value.asText();
  }

  private JsonNode object(String field) {
    JsonNode value = json.path(field);
    boolean none = value.isMissingNode() || value.isNull();
    check(none || value.isObject(), field + " must be a dict", "self." + field, value);
    return value;
  }

  private void checkNumber(String field, String what) {
    JsonNode value = json.path(field);
    boolean none = value.isMissingNode() || value.isNull();
    check(none || value.isNumber(), field + " must be " + what, "self." + field, value);
  }

  String entrypoint() {
    return json.path("entrypoint").asText();
  }

  /** The wanted id, empty for one of Ray's own. */
  String id() {
    String id = text("submission_id");
    return id.isEmpty() ? text("job_id") : id;
  }

  /** Null when there is none. */
  JsonNode runtimeEnv() {
    return json.get("runtime_env");
  }

  /** Null when there is none. */
  JsonNode metadata() {
    return json.get("metadata");
  }

  double number(String field) {
    return json.path(field).asDouble(0);
  }

  Map<String, String> resources() {
    return Json.strings(json.path("entrypoint_resources"));
  }

  /** Why a job with that request has not started, as {@code JobInfo} words it. */
  String waiting() {
    boolean asks =
        number("entrypoint_num_cpus") > 0
            || number("entrypoint_num_gpus") > 0
            || number("entrypoint_memory") > 0
            || !resources().isEmpty();
    boolean prepares = !json.path("runtime_env").isEmpty();
    return "Job has not started yet."
        + (asks
            ? " It may be waiting for resources (CPUs, GPUs, memory, custom resources) to become"
                + " available."
            : "")
        + (prepares ? " It may be waiting for the runtime environment to be set up." : "");
  }
}
