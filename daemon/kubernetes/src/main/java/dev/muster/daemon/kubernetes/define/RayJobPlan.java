package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.ray.WorkingDirectory;
import java.util.List;

/**
 * A RayJob as it is to be, with what it takes beside its manifest.
 *
 * @param tree the manifest
 * @param runtimeEnv as the manifest's runtimeEnvYAML says it, without the directory
 * @param directory of this machine that is to be the working directory; null for none
 * @param cluster that is there already; empty for one of the job's own
 * @param priorityClass that Kueue must have; empty for none
 * @param memoryBytes that the entrypoint reserves; null: Ray's default. No field of a RayJob
 * @param address of the dashboard that files are sent to; empty: one is found
 * @param warnings for people, on standard error
 */
public record RayJobPlan(
    String name,
    ObjectNode tree,
    ObjectNode runtimeEnv,
    WorkingDirectory directory,
    String cluster,
    String priorityClass,
    Long memoryBytes,
    String address,
    List<String> warnings) {
  public static final String INTERACTIVE = "InteractiveMode";

  /** Whether KubeRay waits for somebody to submit the job to Ray. */
  public boolean interactive() {
    return tree.path("spec").path("submissionMode").asText("").equals(INTERACTIVE);
  }

  /** The manifest with a working directory that the cluster has. */
  public ObjectNode with(String workingDir) {
    ObjectNode made = tree.deepCopy();
    made.withObjectProperty("spec").put("runtimeEnvYAML", yaml(workingDir));
    return made;
  }

  /** The runtime environment with such a working directory, as the manifest has it. */
  public String yaml(String workingDir) {
    return Yaml.write(env(workingDir));
  }

  /** The same as a tree. */
  public ObjectNode env(String workingDir) {
    return runtimeEnv.deepCopy().put("working_dir", workingDir);
  }
}
