package dev.muster.daemon.ray;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A job to be submitted.
 *
 * @param id empty: Ray makes one
 * @param runtimeEnv empty object for none; its working_dir, if any, is a URI that the server has
 * @param cpus null: Ray's default, like the three behind it
 * @param memoryBytes a whole number of bytes
 * @param resources custom ones by name; empty for none
 */
public record RaySubmission(
    String id,
    String entrypoint,
    ObjectNode runtimeEnv,
    Map<String, String> metadata,
    Double cpus,
    Double gpus,
    Long memoryBytes,
    Map<String, Double> resources) {
  public RaySubmission {
    metadata = Map.copyOf(metadata);
    resources = Map.copyOf(resources);
  }

  /** Names no runtime environment: it can hold secrets. */
  @Override
  public String toString() {
    return "submission " + id + " of " + entrypoint;
  }
}
