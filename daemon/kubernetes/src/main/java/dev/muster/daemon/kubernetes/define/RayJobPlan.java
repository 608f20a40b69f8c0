package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.ray.LocalFiles;
import dev.muster.daemon.ray.RayAddress;
import java.util.List;

/**
 * A RayJob as it is to be, with what it takes beside its manifest.
 *
 * @param tree the manifest
 * @param runtimeEnv as the manifest's runtimeEnvYAML says it, without the directory
 * @param directory of this machine, or a zip file, that is to be sent as the working directory;
 *     null for none
 * @param secret that is to be beside it, with its files; null for none
 * @param cluster that is there already; empty for one of the job's own
 * @param priorityClass that Kueue must have; empty for none
 * @param memoryBytes that the entrypoint reserves; null: Ray's default. No field of a RayJob
 * @param address of the dashboard that files are sent to
 * @param warnings for people, on standard error
 */
public record RayJobPlan(
    String name,
    ObjectNode tree,
    ObjectNode runtimeEnv,
    LocalFiles directory,
    ObjectNode secret,
    String cluster,
    String priorityClass,
    Long memoryBytes,
    RayAddress address,
    List<String> warnings) {
  public static final String INTERACTIVE = "InteractiveMode";

  /** Whether KubeRay waits for somebody to submit the job to Ray. */
  public boolean interactive() {
    return tree.path("spec").path("submissionMode").asText("").equals(INTERACTIVE);
  }

  /** The manifest as text, with the Secret that belongs to it. */
  public String yaml() {
    return Yaml.write(tree) + (secret == null ? "" : "---\n" + Yaml.write(secret));
  }

  /** Whether the pod that submits it must have the image of the cluster, which is not known yet. */
  public boolean needsImage() {
    return JobFiles.needsImage(tree);
  }

  /**
   * The image of a cluster's head; empty: it says none.
   *
   * @param spec of the RayCluster
   */
  public static String headImage(JsonNode spec) {
    return Templates.image(spec);
  }

  /** The same with that image. */
  public RayJobPlan withImage(String image) {
    ObjectNode made = tree.deepCopy();
    JobFiles.image(made, image);
    return new RayJobPlan(
        name,
        made,
        runtimeEnv,
        directory,
        secret,
        cluster,
        priorityClass,
        memoryBytes,
        address,
        warnings);
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
