package dev.muster.daemon.kubernetes.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Changing.Added;
import dev.muster.daemon.core.Changing.NewGroup;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.define.RayClusterDefinition;
import dev.muster.daemon.kubernetes.define.Syntax;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import dev.muster.daemon.kubernetes.views.WorkerGroups;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds groups of workers to RayClusters that are there. */
public final class Grouping {
  private static final String JSON_PATCH = "application/json-patch+json";

  /** How far KubeRay's own plugin lets a new group be scaled. */
  private static final int MOST = 10;

  private final ApiClient client;
  private final Reading reading;
  private final Writing writing;

  Grouping(ApiClient client, Reading reading, Writing writing) {
    this.client = client;
    this.reading = reading;
    this.writing = writing;
  }

  /**
   * Of a wrapped cluster the RayCluster itself is changed: what an AppWrapper wraps cannot be.
   *
   * @throws Failure EXISTS if there is a group of that name, NOT_FOUND without the RayCluster
   */
  public Added add(
      Caller caller,
      Resource resource,
      String namespace,
      String name,
      NewGroup wanted,
      boolean dryRun) {
    if (!resource.name().equals(RayClusterRow.KIND)) {
      throw Failure.usage("Only a RayCluster has worker groups, no " + resource.title() + ".");
    }
    ObjectNode group = group(caller, name, wanted);
    ObjectNode cluster =
        new Endpoint(client, resource)
            .find(namespace, name)
            .orElseThrow(() -> reading.noObject(resource, namespace, name));
    JsonNode groups = cluster.path("spec").path("workerGroupSpecs");
    for (JsonNode one : groups) {
      if (one.path("groupName").asText("").equals(wanted.name())) {
        throw new Failure(
            Failure.Kind.EXISTS,
            "The RayCluster "
                + name
                + " in the namespace "
                + namespace
                + " has a worker group "
                + wanted.name()
                + " already.");
      }
    }
    if (!wanted.settings().containsKey("image")) {
      takeImage(cluster.path("spec").path("headGroupSpec"), group);
    }
    Row row =
        writing.change(
            resource,
            "add a worker group to",
            namespace,
            name,
            JSON_PATCH,
            patch(groups, group),
            dryRun);
    return new Added(groupRow(row, wanted.name()), warnings(row));
  }

  /** As a definition of a cluster with those options would have it. */
  private static ObjectNode group(Caller caller, String cluster, NewGroup wanted) {
    Syntax.namespace(wanted.name())
        .ifPresent(
            broken -> {
              throw Failure.usage(
                  "\"" + wanted.name() + "\" " + broken.replace("namespace", "worker group") + ".");
            });
    Map<String, List<String>> settings = new LinkedHashMap<>(wanted.settings());
    settings.put("appwrapper", List.of("false"));
    settings.put("local-queue", List.of(""));
    String yaml = RayClusterDefinition.define(caller, Target.DEFAULT, cluster, settings, "").yaml();
    JsonNode defined = Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8), "the options");
    if (!(defined.path("spec").path("workerGroupSpecs").path(0) instanceof ObjectNode group)) {
      throw Failure.usage("The template has no worker group that a new one could be made of.");
    }
    group.put("groupName", wanted.name());
    size(group, wanted);
    return group;
  }

  private static void size(ObjectNode group, NewGroup wanted) {
    int least = wanted.min() != null ? wanted.min() : 1;
    int replicas = wanted.replicas() != null ? wanted.replicas() : least;
    least = wanted.min() != null ? least : Math.min(least, replicas);
    int most = wanted.max() != null ? wanted.max() : Math.max(MOST, replicas);
    if (least < 0 || replicas < least || replicas > most) {
      throw Failure.usage(
          "A worker group cannot have "
              + replicas
              + " workers with "
              + least
              + " at least and "
              + most
              + " at most.");
    }
    group.put("replicas", replicas).put("minReplicas", least).put("maxReplicas", most);
  }

  /** All of a cluster run one Ray: its image, and what is needed to pull that. */
  private static void takeImage(JsonNode head, ObjectNode group) {
    JsonNode from = head.path("template").path("spec");
    String image = from.path("containers").path(0).path("image").asText("");
    ObjectNode pod = (ObjectNode) group.path("template").path("spec");
    if (!image.isEmpty()) {
      ((ObjectNode) pod.path("containers").get(0)).put("image", image);
    }
    for (String field : List.of("imagePullSecrets", "serviceAccountName")) {
      if (from.has(field)) {
        pod.set(field, from.get(field).deepCopy());
      }
    }
  }

  /** Only if the groups are still those that were looked at. */
  private static ArrayNode patch(JsonNode groups, ObjectNode group) {
    ArrayNode patch = Yaml.JSON.createArrayNode();
    String path = "/spec/workerGroupSpecs";
    if (groups.isArray()) {
      patch.addObject().put("op", "test").put("path", path).set("value", groups);
      patch.addObject().put("op", "add").put("path", path + "/-").set("value", group);
    } else {
      ArrayNode all = Yaml.JSON.createArrayNode().add(group);
      patch.addObject().put("op", "add").put("path", path).set("value", all);
    }
    return patch;
  }

  private static Row groupRow(Row cluster, String group) {
    String name = cluster.key().name() + "/" + group;
    return WorkerGroups.VIEW
        .projector()
        .rows(cluster.key().identity(), RayClusterRow.object(cluster), cluster.observed())
        .stream()
        .filter(row -> row.key().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> warnings(Row cluster) {
    List<String> warnings = new ArrayList<>();
    JsonNode object = RayClusterRow.object(cluster);
    Optional<String> wrapper = AppWrapperRow.RESOURCE.nameOf(cluster.owner());
    if (wrapper.isPresent()) {
      warnings.add(
          "The AppWrapper "
              + wrapper.get()
              + " does not know of the group: no quota is reserved for it, and when the AppWrapper"
              + " makes the cluster anew it is without it.");
    } else if (!Meta.queue(object).isEmpty()) {
      warnings.add(
          "The cluster is in the queue "
              + Meta.queue(object)
              + ": Kueue may stop it and let it wait for quota anew.");
    }
    return warnings;
  }
}
