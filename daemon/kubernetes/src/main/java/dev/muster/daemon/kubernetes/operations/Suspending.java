package dev.muster.daemon.kubernetes.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import dev.muster.daemon.kubernetes.rayjob.RayJobRow;
import java.util.Optional;

/** Whether something runs at all. */
public final class Suspending {
  private final ApiClient client;
  private final Reading reading;
  private final Writing writing;
  private final Managed managed;

  Suspending(ApiClient client, Reading reading, Writing writing, Managed managed) {
    this.client = client;
    this.reading = reading;
    this.writing = writing;
    this.managed = managed;
  }

  /**
   * Of what Kueue manages by its Workload; else by the field "spec.suspend" of the object, or of
   * the AppWrapper that wraps it.
   */
  public Row suspend(
      Resource resource, String namespace, String name, boolean suspended, boolean dryRun) {
    String verb = suspended ? "suspend" : "resume";
    switch (resource.name()) {
      case RayClusterRow.KIND -> {
        Row row = reading.get(resource, namespace, name);
        Optional<String> wrapper = AppWrapperRow.RESOURCE.nameOf(row.owner());
        if (wrapper.isPresent()) {
          change(AppWrapperRow.RESOURCE, wrapper(namespace, wrapper.get()), suspended, dryRun);
          return reading.get(resource, namespace, name);
        }
        return change(resource, read(resource, namespace, name), suspended, dryRun);
      }
      case AppWrapperRow.KIND -> {
        return change(resource, wrapper(namespace, name), suspended, dryRun);
      }
      case RayJobRow.KIND -> {
        ObjectNode job = read(resource, namespace, name);
        if (suspended) {
          checkJob(job, name);
        }
        return change(resource, job, suspended, dryRun);
      }
      default ->
          throw Failure.usage(
              "muster cannot " + verb + " a " + resource.title() + ", only what runs.");
    }
  }

  private ObjectNode read(Resource resource, String namespace, String name) {
    return new Endpoint(client, resource).read(namespace, name);
  }

  private Row change(Resource resource, ObjectNode object, boolean suspended, boolean dryRun) {
    String verb = suspended ? "suspend" : "resume";
    String namespace = Meta.namespace(object);
    String name = Meta.name(object);
    if (managed.activate(resource, object, verb, !suspended, dryRun)) {
      return reading.get(resource, namespace, name);
    }
    ObjectNode patch = Yaml.JSON.createObjectNode();
    patch.putObject("spec").put("suspend", suspended);
    return writing.change(resource, verb, namespace, name, Writing.MERGE, patch, dryRun);
  }

  /**
   * KubeRay (1.5) suspends a job by deleting its cluster, and calls a job that it cannot suspend
   * invalid, for ever.
   */
  private static void checkJob(JsonNode job, String name) {
    JsonNode spec = job.path("spec");
    String cluster = spec.path("clusterSelector").path("ray.io/cluster").asText("");
    if (cluster.isEmpty() && spec.path("shutdownAfterJobFinishes").asBoolean()) {
      return;
    }
    throw Failure.usage(
        "KubeRay suspends a RayJob by deleting its cluster, and that of "
            + name
            + " is to stay"
            + (cluster.isEmpty()
                ? " (shutdownAfterJobFinishes is not true)"
                : ": it is for the cluster " + cluster)
            + "; muster stop rayjob "
            + name
            + " stops the job alone.");
  }

  /** One that can be suspended. */
  private ObjectNode wrapper(String namespace, String name) {
    ObjectNode wrapper = read(AppWrapperRow.RESOURCE, namespace, name);
    String apiVersion = wrapper.path("apiVersion").asText("");
    if (!apiVersion.endsWith("/v1beta2")) {
      throw Failure.usage(
          "The AppWrapper "
              + Meta.name(wrapper)
              + " is of "
              + apiVersion
              + ", which cannot be suspended; delete it, and create it anew to go on.");
    }
    return wrapper;
  }
}
