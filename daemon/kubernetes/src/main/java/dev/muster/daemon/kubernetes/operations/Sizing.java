package dev.muster.daemon.kubernetes.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Changing.Added;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import java.util.ArrayList;
import java.util.List;

/** How much of something runs: the size of a worker group. */
public final class Sizing {
  private static final String JSON_PATCH = "application/json-patch+json";

  private final ApiClient client;
  private final Reading reading;
  private final Writing writing;
  private final Managed managed;

  Sizing(ApiClient client, Reading reading, Writing writing, Managed managed) {
    this.client = client;
    this.reading = reading;
    this.writing = writing;
    this.managed = managed;
  }

  /** The sizes of a worker group; null leaves one as it is. */
  public record Size(Integer replicas, Integer min, Integer max) {}

  /**
   * @param group empty for the only one
   */
  public Added scale(
      Resource resource, String namespace, String name, String group, Size size, boolean dryRun) {
    if (resource.name().equals(AppWrapperRow.KIND)) {
      throw Failure.usage(
          "An AppWrapper has one size, which its quota was reserved for: change what it wraps in"
              + " its file, delete it and create it anew, or scale the RayCluster in it.");
    }
    if (!resource.name().equals(RayClusterRow.KIND)) {
      throw Failure.usage("A " + resource.title() + " has no worker groups to scale.");
    }
    if (size.replicas == null && size.min == null && size.max == null) {
      throw Failure.usage("Say how many workers there are to be: --replicas, --min or --max.");
    }
    ObjectNode cluster =
        new Endpoint(client, resource)
            .find(namespace, name)
            .orElseThrow(() -> reading.noObject(resource, namespace, name));
    int index = index(cluster, group, name);
    JsonNode is = cluster.path("spec").path("workerGroupSpecs").get(index);
    check(is, size);
    String at = "/spec/workerGroupSpecs/" + index + "/";
    ArrayNode patch = Yaml.JSON.createArrayNode();
    // Somebody may have changed the groups since: then this is not the one that was meant.
    patch
        .addObject()
        .put("op", "test")
        .put("path", at + "groupName")
        .put("value", is.path("groupName").asText(""));
    set(patch, at + "replicas", size.replicas);
    set(patch, at + "minReplicas", size.min);
    set(patch, at + "maxReplicas", size.max);
    // Before: Kueue may have let it go on by the time that the change is answered.
    boolean goesOn = !Meta.queue(cluster).isEmpty() && managed.isStopped(cluster);
    Row row = writing.change(resource, "scale", namespace, name, JSON_PATCH, patch, dryRun);
    return new Added(
        row,
        goesOn
            ? List.of(
                "The RayCluster "
                    + name
                    + " was suspended in a queue: Kueue makes what is scaled active again, so it"
                    + " waits in line and goes on; muster suspend raycluster "
                    + name
                    + " stops it anew.")
            : List.of());
  }

  private static void set(ArrayNode patch, String path, Integer value) {
    if (value != null) {
      patch.addObject().put("op", "add").put("path", path).put("value", value);
    }
  }

  private static int index(JsonNode cluster, String group, String name) {
    List<String> names = new ArrayList<>();
    cluster
        .path("spec")
        .path("workerGroupSpecs")
        .forEach(g -> names.add(g.path("groupName").asText("")));
    if (names.isEmpty()) {
      throw Failure.usage("The RayCluster " + name + " has no worker groups.");
    }
    if (group.isEmpty() && names.size() > 1) {
      throw Failure.usage(
          "The RayCluster "
              + name
              + " has several worker groups; name one of them: "
              + String.join(", ", names)
              + ".");
    }
    int index = group.isEmpty() ? 0 : names.indexOf(group);
    if (index < 0) {
      throw new Failure(
          Failure.Kind.NOT_FOUND,
          "The RayCluster "
              + name
              + " has no worker group "
              + group
              + "; it has: "
              + String.join(", ", names)
              + ".");
    }
    return index;
  }

  private static void check(JsonNode group, Size size) {
    long min = size.min != null ? size.min : group.path("minReplicas").asLong(0);
    long max = size.max != null ? size.max : group.path("maxReplicas").asLong(Integer.MAX_VALUE);
    long replicas =
        size.replicas != null
            ? size.replicas
            : Math.min(max, Math.max(min, group.path("replicas").asLong(min)));
    if (min < 0 || replicas < 0) {
      throw Failure.usage("There cannot be fewer than 0 workers.");
    }
    if (replicas < min || replicas > max) {
      throw Failure.usage(
          replicas
              + " workers are not between the group's least, "
              + min
              + ", and its most, "
              + max
              + "; give --min or --max with it.");
    }
  }
}
