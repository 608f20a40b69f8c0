package dev.muster.daemon.sandbox.kueue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.controllers.Quantity;
import dev.muster.daemon.sandbox.store.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Tries to fit a workload into what a cluster queue has left, and says in Kueue's words why it does
 * not fit (pkg/scheduler/flavorassigner/flavorassigner.go of Kueue 0.12.3). There are no cohorts,
 * no preemption and no taints.
 */
final class Assignment {

  private final JsonNode clusterQueue;
  private final Map<String, JsonNode> flavors;
  private final Usage taken;
  private final Usage own = new Usage();
  private final ArrayNode assigned = Json.array();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param flavors the resource flavors that there are, by name
   * @param taken what other workloads use
   */
  Assignment(JsonNode clusterQueue, Map<String, JsonNode> flavors, Usage taken) {
    this.clusterQueue = clusterQueue;
    this.flavors = flavors;
    this.taken = taken;
  }

  /** Fits all pod sets in, or as many as it takes to know that they do not fit. */
  Assignment of(List<PodSet> podSets) {
    for (PodSet set : podSets) {
      Map<String, Quantity> requests = requests(set);
      Map<String, String> chosen = new TreeMap<>();
      TreeSet<String> reasons = new TreeSet<>();
      boolean hopeless = false;
      for (String resource : requests.keySet()) {
        if (!chosen.containsKey(resource)) {
          hopeless |= !choose(set, resource, requests, chosen, reasons);
        }
      }
      if (!reasons.isEmpty()) {
        problems.add(
            "couldn't assign flavors to pod set %s: %s"
                .formatted(set.name(), String.join(", ", reasons)));
      }
      if (hopeless) {
        return this;
      }
      note(set, requests, chosen);
    }
    return this;
  }

  boolean fits() {
    return problems.isEmpty();
  }

  /** Why it does not fit. */
  String message() {
    return String.join("; ", problems);
  }

  /** As the workload's admission states it. */
  ArrayNode json() {
    return assigned;
  }

  Usage usage() {
    return own;
  }

  private Map<String, Quantity> requests(PodSet set) {
    Map<String, Quantity> requests = new TreeMap<>(set.requests());
    if (group("pods") != null) {
      requests.put("pods", Quantity.parse(Integer.toString(set.count())));
    }
    // Nothing of it is asked for: no matter whether there is any.
    requests.values().removeIf(quantity -> quantity.value().signum() == 0);
    return requests;
  }

  private JsonNode group(String resource) {
    for (JsonNode group : clusterQueue.at("/spec/resourceGroups")) {
      for (JsonNode covered : group.path("coveredResources")) {
        if (covered.asText().equals(resource)) {
          return group;
        }
      }
    }
    return null;
  }

  /**
   * Chooses a flavor for a resource and for those that come with it.
   *
   * @param reasons gets why not, when nothing is free now
   * @return false when waiting would not help
   */
  private boolean choose(
      PodSet set,
      String resource,
      Map<String, Quantity> requests,
      Map<String, String> chosen,
      TreeSet<String> reasons) {
    JsonNode group = group(resource);
    if (group == null) {
      reasons.add("resource %s unavailable in ClusterQueue".formatted(resource));
      return false;
    }
    boolean hope = false;
    TreeSet<String> why = new TreeSet<>();
    for (JsonNode flavor : group.path("flavors")) {
      String name = flavor.path("name").asText();
      String mismatch = mismatch(set, group, name);
      if (!mismatch.isEmpty()) {
        why.add(mismatch);
        continue;
      }
      Fit fit = fit(flavor, requests, why);
      if (fit == Fit.NEVER) {
        continue;
      }
      if (fit == Fit.NOW || !hope) {
        flavor
            .path("resources")
            .forEach(
                quota -> {
                  String covered = quota.path("name").asText();
                  if (requests.containsKey(covered)) {
                    chosen.put(covered, name);
                  }
                });
      }
      if (fit == Fit.NOW) {
        return true;
      }
      hope = true;
    }
    reasons.addAll(why);
    return hope;
  }

  private String mismatch(PodSet set, JsonNode group, String name) {
    JsonNode flavor = flavors.get(name);
    if (flavor == null) {
      return "flavor %s not found".formatted(name);
    }
    TreeSet<String> keys = new TreeSet<>();
    for (JsonNode other : group.path("flavors")) {
      JsonNode known = flavors.get(other.path("name").asText());
      if (known != null) {
        keys.addAll(Json.strings(known.at("/spec/nodeLabels")).keySet());
      }
    }
    Map<String, String> labels = Json.strings(flavor.at("/spec/nodeLabels"));
    Map<String, String> wanted = Json.strings(set.template().at("/spec/nodeSelector"));
    boolean matches =
        wanted.entrySet().stream()
            .filter(one -> keys.contains(one.getKey()))
            .allMatch(one -> one.getValue().equals(labels.get(one.getKey())));
    return matches ? "" : "flavor %s doesn't match node affinity".formatted(name);
  }

  private enum Fit {
    NOW,
    LATER,
    NEVER
  }

  private Fit fit(JsonNode flavor, Map<String, Quantity> requests, TreeSet<String> why) {
    String name = flavor.path("name").asText();
    Map<String, Quantity> quotas = new TreeMap<>();
    for (JsonNode quota : flavor.path("resources")) {
      String resource = quota.path("name").asText();
      Quantity nominal = Quantity.parse(quota.path("nominalQuota").asText());
      quotas.put(resource, Resources.form(resource, nominal));
    }
    Fit result = Fit.NOW;
    for (Map.Entry<String, Quantity> request : requests.entrySet()) {
      String resource = request.getKey();
      Quantity nominal = quotas.get(resource);
      if (nominal == null) {
        continue;
      }
      Quantity asked = own.of(name, resource).plus(request.getValue());
      if (asked.value().compareTo(nominal.value()) > 0) {
        why.add(
            "insufficient quota for %s in flavor %s, request > maximum capacity (%s > %s)"
                .formatted(resource, name, Resources.form(resource, asked), nominal));
        return Fit.NEVER;
      }
      Quantity used = taken.of(name, resource);
      Quantity needed =
          new Quantity(asked.value().add(used.value()).subtract(nominal.value()), nominal.binary());
      if (needed.value().signum() > 0) {
        why.add(
            "insufficient unused quota for %s in flavor %s, %s more needed"
                .formatted(resource, name, Resources.form(resource, needed)));
        result = Fit.LATER;
      }
    }
    return result;
  }

  private void note(PodSet set, Map<String, Quantity> requests, Map<String, String> chosen) {
    ObjectNode one = assigned.addObject().put("count", set.count());
    ObjectNode names = one.putObject("flavors");
    chosen.forEach(names::put);
    one.put("name", set.name());
    ObjectNode usage = one.putObject("resourceUsage");
    Map<String, Quantity> used =
        requests.entrySet().stream()
            .filter(request -> chosen.containsKey(request.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    new TreeMap<>(used)
        .forEach(
            (resource, quantity) -> {
              usage.put(resource, quantity.toString());
              own.add(chosen.get(resource), resource, quantity);
            });
  }
}
