package dev.muster.daemon.sandbox.kueue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.api.Operators;
import dev.muster.daemon.sandbox.controllers.Objects;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ResourceType;

/**
 * The queues that a sandbox begins with: cluster queue {@code team-a} with a quota that a few small
 * clusters fill, and the local queue {@code team-a} of namespace default that leads to it. It is
 * not the namespace's default queue: whoever wants to queue says so.
 */
public final class Seed {

  private static final String CLUSTER_QUEUE =
      """
      {"namespaceSelector": {}, "resourceGroups": [{
        "coveredResources": ["cpu", "memory", "nvidia.com/gpu"],
        "flavors": [{"name": "default-flavor", "resources": [
          {"name": "cpu", "nominalQuota": "16"},
          {"name": "memory", "nominalQuota": "64Gi"},
          {"name": "nvidia.com/gpu", "nominalQuota": "2"}]}]}]}
      """;

  private Seed() {}

  /** Makes them; namespace default must be there. */
  public static void plant(Operators operators) {
    ObjectNode flavor = Objects.blank(ResourceType.RESOURCEFLAVORS, "", "default-flavor");
    operators.create(ResourceType.RESOURCEFLAVORS, flavor, "sandbox");
    ObjectNode cluster = Objects.blank(ResourceType.CLUSTERQUEUES, "", "team-a");
    cluster.set("spec", json(CLUSTER_QUEUE));
    operators.create(ResourceType.CLUSTERQUEUES, cluster, "sandbox");
    ObjectNode local = Objects.blank(ResourceType.LOCALQUEUES, "default", "team-a");
    local.putObject("spec").put("clusterQueue", "team-a");
    operators.create(ResourceType.LOCALQUEUES, local, "sandbox");
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
