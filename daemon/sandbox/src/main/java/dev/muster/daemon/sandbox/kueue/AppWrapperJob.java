package dev.muster.daemon.sandbox.kueue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.appwrapper.PodSets;
import dev.muster.daemon.sandbox.appwrapper.Templates;
import dev.muster.daemon.sandbox.controllers.Conditions;
import dev.muster.daemon.sandbox.store.ResourceType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** AppWrappers, as pkg/controller/jobs/appwrapper of Kueue 0.12.3 manages them. */
final class AppWrapperJob implements JobKind {

  @Override
  public ResourceType type() {
    return ResourceType.APPWRAPPERS;
  }

  @Override
  public List<PodSet> podSets(JsonNode job) {
    List<PodSet> sets = new ArrayList<>();
    String name = job.at("/metadata/name").asText();
    for (JsonNode component : job.at("/spec/components")) {
      JsonNode object = component.path("template");
      for (JsonNode set : PodSets.of(component)) {
        sets.add(
            new PodSet(
                name + "-" + sets.size(),
                PodSets.replicas(set),
                Templates.podTemplate(object, set.path("path").asText())));
      }
    }
    return sets;
  }

  @Override
  public boolean active(JsonNode job) {
    return Conditions.holds(job.path("status"), "QuotaReserved");
  }

  @Override
  public Optional<Outcome> finished(JsonNode job) {
    boolean deployed = Conditions.holds(job.path("status"), "ResourcesDeployed");
    return switch (job.at("/status/phase").asText()) {
      case "Succeeded" -> Optional.of(new Outcome(true, "AppWrapper finished successfully"));
      case "Failed" ->
          deployed ? Optional.empty() : Optional.of(new Outcome(false, "AppWrapper failed"));
      default -> Optional.empty();
    };
  }

  @Override
  public void run(ObjectNode job, List<Injection> injections) {
    Iterator<Injection> next = injections.iterator();
    for (JsonNode component : job.at("/spec/components")) {
      ArrayNode infos = ((ObjectNode) component).putArray("podSetInfos");
      for (int i = PodSets.of(component).size(); i > 0 && next.hasNext(); i--) {
        infos.add(next.next().json());
      }
    }
    ((ObjectNode) job.get("spec")).remove("suspend");
  }

  @Override
  public void stop(ObjectNode job, List<PodSet> original) {
    for (JsonNode component : job.at("/spec/components")) {
      ((ObjectNode) component).remove("podSetInfos");
    }
    ((ObjectNode) job.get("spec")).put("suspend", true);
  }
}
