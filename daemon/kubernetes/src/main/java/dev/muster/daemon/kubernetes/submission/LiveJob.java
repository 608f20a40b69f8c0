package dev.muster.daemon.kubernetes.submission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.define.RayJobPlan;
import dev.muster.daemon.kubernetes.jobs.Site;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.rayjob.RayJobRow;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A RayJob as the API server has it now. */
record LiveJob(ObjectNode object) {
  /**
   * @throws Failure NOT_FOUND if there is none
   */
  static LiveJob read(Site site, String namespace, String name) {
    return parse(manifest(site, namespace, name, false));
  }

  static Optional<LiveJob> find(Site site, String namespace, String name) {
    try {
      return Optional.of(read(site, namespace, name));
    } catch (Failure e) {
      if (e.kind() == Failure.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Without what the server and its operators added. */
  static LiveJob clean(Site site, String namespace, String name) {
    return parse(manifest(site, namespace, name, true));
  }

  private static String manifest(Site site, String namespace, String name, boolean clean) {
    return site.operations().reading().manifest(RayJobRow.RESOURCE, namespace, name, clean);
  }

  private static LiveJob parse(String yaml) {
    return new LiveJob(
        (ObjectNode) Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8), "The server's answer"));
  }

  static Row row(Site site, String namespace, String name) {
    return site.operations().reading().get(RayJobRow.KIND, namespace, name);
  }

  String name() {
    return Meta.name(object);
  }

  String uid() {
    return Meta.uid(object);
  }

  /** KubeRay's word of how far it is; empty: it has not looked at it yet. */
  String deployment() {
    return status("jobDeploymentStatus");
  }

  /** Ray's word, as KubeRay last heard it; empty: none yet. */
  String ray() {
    return status("jobStatus");
  }

  /** Ray's id of it; empty: none yet. */
  String jobId() {
    return status("jobId");
  }

  /** Empty: none yet. */
  String cluster() {
    return status("rayClusterName");
  }

  private String status(String field) {
    return object.path("status").path(field).asText("");
  }

  private String spec(String field) {
    return object.path("spec").path(field).asText("");
  }

  /** Whether it is on a cluster that was there before. */
  boolean elsewhere() {
    return !object.path("spec").path("clusterSelector").isEmpty();
  }

  /** Whether KubeRay can suspend it: by deleting its cluster, so it must be the job's to delete. */
  boolean suspendable() {
    return !elsewhere() && object.path("spec").path("shutdownAfterJobFinishes").asBoolean();
  }

  /** By its field "suspend": it is for users to set, and in a queue for Kueue. */
  boolean suspended() {
    return object.path("spec").path("suspend").asBoolean();
  }

  /**
   * Whether a user stopped it, and it is not merely waiting for quota.
   *
   * @param state that it is in
   */
  boolean held(State state) {
    return state == State.SUSPENDED
        || state == State.SUSPENDING
        || (suspended() && Meta.queue(object).isEmpty());
  }

  /** Whether it is over by KubeRay's word, which is the last one. */
  boolean over() {
    return switch (deployment()) {
      case "Complete", "Failed", "ValidationFailed" -> true;
      default -> false;
    };
  }

  /** Whether its files were sent to its cluster, for that run only. */
  boolean hasSentFiles() {
    return spec("submissionMode").equals(RayJobPlan.INTERACTIVE)
        || spec("runtimeEnvYAML").contains("gcs://");
  }
}
