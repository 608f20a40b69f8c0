package dev.muster.daemon.sandbox.kueue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * RayClusters and RayJobs, as pkg/controller/jobs/raycluster and rayjob of Kueue 0.12.3 manage
 * them; the pod that submits a RayJob is not counted here.
 *
 * @param cluster the field of the spec that holds the cluster's own, empty when it is the spec
 */
record RayJobKind(ResourceType type, String cluster) implements JobKind {

  private static final Set<String> ENDS = Set.of("Complete", "Failed");
  private static final Set<String> INACTIVE = Set.of("", "Suspended");

  private JsonNode clusterSpec(JsonNode job) {
    JsonNode spec = job.path("spec");
    return cluster.isEmpty() ? spec : spec.path(cluster);
  }

  @Override
  public List<PodSet> podSets(JsonNode job) {
    JsonNode spec = clusterSpec(job);
    List<PodSet> sets = new ArrayList<>();
    sets.add(new PodSet("head", 1, template(spec.path("headGroupSpec"))));
    for (JsonNode group : spec.path("workerGroupSpecs")) {
      int count = group.path("replicas").asInt(1) * Math.max(1, group.path("numOfHosts").asInt(1));
      sets.add(new PodSet(group.path("groupName").asText(), count, template(group)));
    }
    return sets;
  }

  private static JsonNode template(JsonNode group) {
    return group.path("template").isObject() ? group.path("template") : Json.object();
  }

  @Override
  public boolean active(JsonNode job) {
    return cluster.isEmpty()
        ? job.at("/status/state").asText().equals("ready")
        : !INACTIVE.contains(job.at("/status/jobDeploymentStatus").asText(""));
  }

  /** A cluster never ends. */
  @Override
  public Optional<Outcome> finished(JsonNode job) {
    JsonNode status = job.path("status");
    return ENDS.contains(status.path("jobDeploymentStatus").asText(""))
        ? Optional.of(
            new Outcome(
                status.path("jobStatus").asText().equals("SUCCEEDED"),
                status.path("message").asText("")))
        : Optional.empty();
  }

  @Override
  public void run(ObjectNode job, List<Injection> injections) {
    List<ObjectNode> templates = templates(job);
    for (int i = 0; i < Math.min(templates.size(), injections.size()); i++) {
      injections.get(i).into(templates.get(i));
    }
    ((ObjectNode) job.get("spec")).put("suspend", false);
  }

  @Override
  public void stop(ObjectNode job, List<PodSet> original) {
    List<ObjectNode> templates = templates(job);
    for (int i = 0; i < templates.size() && templates.size() == original.size(); i++) {
      Injection.restore(templates.get(i), original.get(i).template());
    }
    ((ObjectNode) job.get("spec")).put("suspend", true);
  }

  private List<ObjectNode> templates(ObjectNode job) {
    List<ObjectNode> templates = new ArrayList<>();
    JsonNode spec = clusterSpec(job);
    templates.add(Json.child((ObjectNode) spec.get("headGroupSpec"), "template"));
    spec.path("workerGroupSpecs")
        .forEach(group -> templates.add(Json.child((ObjectNode) group, "template")));
    return templates;
  }
}
