package dev.muster.daemon.sandbox.kuberay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.api.ApiException;
import dev.muster.daemon.sandbox.api.Operators;
import dev.muster.daemon.sandbox.controllers.EventRecorder;
import dev.muster.daemon.sandbox.controllers.Objects;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ObjectKey;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.util.Optional;

/** The cluster that a RayJob runs on: its own, made for it, or one that is there already. */
final class RayJobCluster {

  static final String JOB = "ray.io/originated-from-cr-name";

  private final Objects objects;
  private final Operators operators;
  private final EventRecorder events;

  RayJobCluster(Objects objects, Operators operators, EventRecorder events) {
    this.objects = objects;
    this.operators = operators;
    this.events = events;
  }

  /** Names the existing cluster; empty when the job has its own. */
  static String selected(JsonNode spec) {
    return spec.path("clusterSelector").path(RayPods.CLUSTER).asText("");
  }

  static ObjectKey key(StoredObject job, JsonNode status) {
    return new ObjectKey(job.key().namespace(), status.path("rayClusterName").asText());
  }

  Optional<StoredObject> find(StoredObject job, JsonNode status) {
    return objects.store().get(ResourceType.RAYCLUSTERS, key(job, status));
  }

  /** Makes the job's own cluster when it is not there; one that the job only uses is not made. */
  Optional<StoredObject> ensure(StoredObject job, JsonNode spec, JsonNode status) {
    Optional<StoredObject> found = find(job, status);
    return found.isPresent() || !spec.path("clusterSelector").isEmpty()
        ? found
        : create(job, spec, key(job, status));
  }

  private Optional<StoredObject> create(StoredObject job, JsonNode spec, ObjectKey key) {
    ObjectNode cluster = Objects.blank(ResourceType.RAYCLUSTERS, key.namespace(), key.name());
    ObjectNode metadata = Json.child(cluster, "metadata");
    metadata
        .putObject("labels")
        .put(JOB, job.key().name())
        .put("ray.io/originated-from-crd", "RayJob")
        .put("ray.io/job-submission-mode", spec.path("submissionMode").asText());
    metadata
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", job.type().apiVersion())
        .put("kind", job.type().kind())
        .put("name", job.key().name())
        .put("uid", job.uid())
        .put("controller", true)
        .put("blockOwnerDeletion", true);
    cluster.set("spec", spec.path("rayClusterSpec").deepCopy());
    String path = key.namespace() + "/" + key.name();
    try {
      StoredObject made =
          operators.create(ResourceType.RAYCLUSTERS, cluster, RayJobController.OPERATOR);
      events.normal(
          job, RayJobController.COMPONENT, "CreatedRayCluster", "Created RayCluster " + path);
      return Optional.of(made);
    } catch (ApiException e) {
      events.warning(
          job,
          RayJobController.COMPONENT,
          "FailedToCreateRayCluster",
          "Failed to create RayCluster %s: %s".formatted(path, e.getMessage()));
      return Optional.empty();
    }
  }

  /**
   * Deletes the job's own cluster.
   *
   * @return whether it is gone
   */
  boolean delete(StoredObject job, JsonNode spec, JsonNode status) {
    Optional<StoredObject> own =
        spec.path("clusterSelector").isEmpty() ? find(job, status) : Optional.empty();
    own.filter(cluster -> !cluster.terminating())
        .ifPresent(
            cluster -> {
              objects.delete(cluster);
              events.normal(
                  job,
                  RayJobController.COMPONENT,
                  "DeletedRayCluster",
                  "Deleted cluster %s/%s"
                      .formatted(cluster.key().namespace(), cluster.key().name()));
            });
    return own.isEmpty();
  }
}
