package dev.muster.daemon.sandbox.kueue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.api.Webhook;
import dev.muster.daemon.sandbox.auth.User;
import dev.muster.daemon.sandbox.controllers.Objects;
import dev.muster.daemon.sandbox.schema.Cause;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ObjectKey;
import dev.muster.daemon.sandbox.store.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Kueue's webhooks (pkg/controller/jobframework/defaults.go and validation.go, and those of the
 * kinds): a job that names a queue begins suspended and keeps to its queue while it runs.
 */
public final class KueueWebhook implements Webhook {

  private static final String LABEL = "metadata.labels[" + Names.QUEUE + "]";

  /** In a namespace that has a local queue of this name, jobs without a queue go there. */
  private static final String DEFAULT_QUEUE = "default";

  private static final int MOST_WORKER_GROUPS = 7;

  private final Objects objects;

  public KueueWebhook(Objects objects) {
    this.objects = objects;
  }

  @Override
  public void mutate(ResourceType type, ObjectNode created, User by) {
    if (JobKind.of(type).isPresent()) {
      if (Jobs.managedOwner(objects, created)) {
        return;
      }
      ObjectNode metadata = Json.child(created, "metadata");
      ObjectKey queue = new ObjectKey(metadata.path("namespace").asText(), DEFAULT_QUEUE);
      if (Names.queue(created).isEmpty()
          && objects.store().get(ResourceType.LOCALQUEUES, queue).isPresent()) {
        Json.child(metadata, "labels").put(Names.QUEUE, DEFAULT_QUEUE);
      }
      if (!Names.queue(created).isEmpty()) {
        Json.child(created, "spec").put("suspend", true);
      }
    } else if (type.equals(ResourceType.CLUSTERQUEUES)
        || type.equals(ResourceType.RESOURCEFLAVORS)) {
      ArrayNode finalizers = Json.child(created, "metadata").withArray("finalizers");
      boolean there = false;
      for (JsonNode one : finalizers) {
        there |= one.asText().equals(Names.IN_USE);
      }
      if (!there) {
        finalizers.add(Names.IN_USE);
      }
    }
  }

  @Override
  public List<Cause> review(ResourceType type, JsonNode object, JsonNode before, User by) {
    List<Cause> causes = new ArrayList<>();
    Optional<JobKind> kind = JobKind.of(type);
    if (kind.isPresent() && !Names.queue(object).isEmpty()) {
      job(kind.get(), object, before, causes);
    } else if (type.equals(ResourceType.CLUSTERQUEUES)) {
      groups(object, causes);
    }
    return causes;
  }

  private static void job(JobKind kind, JsonNode object, JsonNode before, List<Cause> causes) {
    if (before != null
        && !kind.suspended(object)
        && !Names.queue(object).equals(Names.queue(before))) {
      causes.add(Cause.invalid(LABEL, "\"" + Names.queue(object) + "\"", "field is immutable"));
    }
    if (kind.type().equals(ResourceType.RAYCLUSTERS)) {
      cluster(object.path("spec"), "spec", causes);
    } else if (kind.type().equals(ResourceType.RAYJOBS)) {
      if (!object.at("/spec/clusterSelector").isEmpty()) {
        causes.add(
            Cause.invalid(
                "spec.clusterSelector",
                object.at("/spec/clusterSelector").toString(),
                "a kueue managed job should not use an existing cluster"));
      }
      if (!object.at("/spec/shutdownAfterJobFinishes").asBoolean()) {
        causes.add(
            Cause.invalid(
                "spec.shutdownAfterJobFinishes",
                "false",
                "a kueue managed job should delete the cluster after finishing"));
      }
      cluster(object.at("/spec/rayClusterSpec"), "spec.rayClusterSpec", causes);
    }
  }

  private static void cluster(JsonNode spec, String path, List<Cause> causes) {
    if (spec.path("enableInTreeAutoscaling").asBoolean()) {
      causes.add(
          Cause.invalid(
              path + ".enableInTreeAutoscaling",
              "true",
              "a kueue managed job should not use autoscaling"));
    }
    JsonNode groups = spec.path("workerGroupSpecs");
    if (groups.size() > MOST_WORKER_GROUPS) {
      causes.add(
          new Cause(
              path + ".workerGroupSpecs",
              "FieldValueTooMany",
              "Too many: %d: must have at most %d items"
                  .formatted(groups.size(), MOST_WORKER_GROUPS)));
    }
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i).path("groupName").asText().equals("head")) {
        causes.add(
            Cause.forbidden(
                "%s.workerGroupSpecs[%d].groupName".formatted(path, i),
                "\"head\" is reserved for the head group"));
      }
    }
  }

  /** Each flavor has a quota for each resource of its group, in the group's order. */
  private static void groups(JsonNode object, List<Cause> causes) {
    JsonNode groups = object.at("/spec/resourceGroups");
    for (int i = 0; i < groups.size(); i++) {
      JsonNode covered = groups.get(i).path("coveredResources");
      JsonNode flavors = groups.get(i).path("flavors");
      for (int j = 0; j < flavors.size(); j++) {
        JsonNode quotas = flavors.get(j).path("resources");
        String path = "spec.resourceGroups[%d].flavors[%d].resources".formatted(i, j);
        for (int k = 0; k < Math.min(quotas.size(), covered.size()); k++) {
          JsonNode name = quotas.get(k).path("name");
          if (!name.equals(covered.get(k))) {
            causes.add(
                Cause.invalid(
                    "%s[%d].name".formatted(path, k),
                    name.toString(),
                    "must match the name in coveredResources"));
          }
        }
      }
    }
  }
}
