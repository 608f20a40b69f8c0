package dev.muster.daemon.ray;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

/** Writes a submission as Ray 2.60 wants it (JobSubmitRequest): what is not set is not sent. */
final class SubmissionWriter {
  private SubmissionWriter() {}

  static ObjectNode body(RaySubmission submission) {
    ObjectNode body = JobReader.JSON.createObjectNode();
    body.put("entrypoint", submission.entrypoint());
    if (!submission.id().isEmpty()) {
      body.put("submission_id", submission.id());
    }
    if (!submission.runtimeEnv().isEmpty()) {
      body.set("runtime_env", submission.runtimeEnv());
    }
    if (!submission.metadata().isEmpty()) {
      body.set("metadata", JobReader.JSON.valueToTree(submission.metadata()));
    }
    if (submission.cpus() != null) {
      body.put("entrypoint_num_cpus", submission.cpus());
    }
    if (submission.gpus() != null) {
      body.put("entrypoint_num_gpus", submission.gpus());
    }
    if (submission.memoryBytes() != null) {
      body.put("entrypoint_memory", submission.memoryBytes());
    }
    if (!submission.resources().isEmpty()) {
      body.set("entrypoint_resources", JobReader.JSON.valueToTree(submission.resources()));
    }
    return body;
  }

  /** The values that no error text may repeat, longest first. */
  static Set<String> secrets(RaySubmission submission) {
    Set<String> values =
        new TreeSet<>(
            Comparator.comparing(String::length)
                .reversed()
                .thenComparing(Comparator.naturalOrder()));
    for (JsonNode value : submission.runtimeEnv().path("env_vars")) {
      if (value.asText().length() > 3) {
        values.add(value.asText());
      }
    }
    return values;
  }
}
