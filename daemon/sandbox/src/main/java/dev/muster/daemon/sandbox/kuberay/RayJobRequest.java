package dev.muster.daemon.sandbox.kuberay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.muster.daemon.sandbox.store.Json;

/** What KubeRay submits to Ray for a RayJob. */
final class RayJobRequest {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private RayJobRequest() {}

  /** What is wrong with the texts in the spec that hold YAML or JSON; empty when nothing is. */
  static String problem(JsonNode spec) {
    String text = spec.path("runtimeEnvYAML").asText("");
    try {
      JsonNode env = YAML.readTree(text);
      if (!env.isMissingNode() && !env.isObject()) {
        return "failed to unmarshal RuntimeEnvYAML: %s: it is no map".formatted(text);
      }
    } catch (JsonProcessingException e) {
      return "failed to unmarshal RuntimeEnvYAML: %s: %s".formatted(text, e.getOriginalMessage());
    }
    return "";
  }

  /** The body of POST /api/jobs/. */
  static ObjectNode of(String id, JsonNode spec) {
    ObjectNode request = Json.object();
    request.put("entrypoint", spec.path("entrypoint").asText("")).put("submission_id", id);
    put(request, "runtime_env", tree(spec.path("runtimeEnvYAML")));
    put(request, "metadata", spec.path("metadata"));
    put(request, "entrypoint_num_cpus", spec.path("entrypointNumCpus"));
    put(request, "entrypoint_num_gpus", spec.path("entrypointNumGpus"));
    put(request, "entrypoint_resources", tree(spec.path("entrypointResources")));
    return request;
  }

  private static JsonNode tree(JsonNode text) {
    try {
      return YAML.readTree(text.asText(""));
    } catch (JsonProcessingException e) {
      return text;
    }
  }

  private static void put(ObjectNode request, String field, JsonNode value) {
    if (!value.isMissingNode() && !value.isNull()) {
      request.set(field, value);
    }
  }
}
