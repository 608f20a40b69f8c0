package dev.muster.daemon.kubernetes.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Jobs.Submitted;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.ray.RaySubmission;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** What would be sent to Ray. */
final class DryRun {
  private DryRun() {}

  /** As Ray would get it, but for the directory, which is named as it is here. */
  static Submitted of(RaySubmission submission) {
    ObjectNode body = Yaml.JSON.createObjectNode();
    body.put("entrypoint", submission.entrypoint());
    if (!submission.id().isEmpty()) {
      body.put("submission_id", submission.id());
    }
    if (!submission.runtimeEnv().isEmpty()) {
      body.set("runtime_env", submission.runtimeEnv());
    }
    if (!submission.metadata().isEmpty()) {
      ObjectNode metadata = body.putObject("metadata");
      submission.metadata().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(e -> metadata.put(e.getKey(), e.getValue()));
    }
    number(body, "entrypoint_num_cpus", submission.cpus());
    number(body, "entrypoint_num_gpus", submission.gpus());
    if (submission.memoryBytes() != null) {
      body.put("entrypoint_memory", submission.memoryBytes());
    }
    if (!submission.resources().isEmpty()) {
      ObjectNode resources = body.putObject("entrypoint_resources");
      submission.resources().forEach((name, value) -> number(resources, name, value));
    }
    return new Submitted(null, Yaml.write(body), "", List.of());
  }

  private static void number(ObjectNode body, String name, Double value) {
    if (value != null) {
      body.put(name, new BigDecimal(value.toString()).stripTrailingZeros());
    }
  }
}
