package dev.muster.daemon.sandbox.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.store.Json;
import java.time.Instant;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** A cluster queue of each test's own, with room for 8 CPUs, and a local queue that leads to it. */
@Tag("queues")
abstract class QueueContract extends ServerContract {

  protected static final String QUEUE = "kueue.x-k8s.io/queue-name";

  protected final String flavors = kueue + "/resourceflavors";
  protected final String clusterqueues = kueue + "/clusterqueues";
  protected final String localqueues = kueue + "/namespaces/" + namespace + "/localqueues";

  @BeforeEach
  void makeQueues() {
    ObjectNode flavor = object("ResourceFlavor", namespace);
    create(flavors, flavor);
    ObjectNode cluster = object("ClusterQueue", namespace);
    ObjectNode spec = cluster.putObject("spec");
    spec.putObject("namespaceSelector");
    ObjectNode group = spec.putArray("resourceGroups").addObject();
    group.putArray("coveredResources").add("cpu").add("memory").add("nvidia.com/gpu");
    ObjectNode quotas = group.putArray("flavors").addObject().put("name", namespace);
    quota(quotas, "cpu", "8");
    quota(quotas, "memory", "32Gi");
    quota(quotas, "nvidia.com/gpu", "4");
    create(clusterqueues, cluster);
    ObjectNode local = object("LocalQueue", "main");
    local.putObject("spec").put("clusterQueue", namespace);
    create(localqueues, local);
    eventually(
        localqueues + "/main", reply -> condition(reply.body(), "Active").equals("True Ready"));
  }

  @AfterEach
  void dropQueues() {
    admin.delete(appwrappers);
    admin.delete(rayclusters);
    admin.delete(clusterqueues + "/" + namespace);
    admin.delete(flavors + "/" + namespace);
  }

  protected static ObjectNode object(String kind, String name) {
    ObjectNode object = Json.object().put("apiVersion", "kueue.x-k8s.io/v1beta1");
    object.put("kind", kind).putObject("metadata").put("name", name);
    return object;
  }

  protected static void quota(ObjectNode flavor, String resource, String amount) {
    flavor.withArray("resources").addObject().put("name", resource).put("nominalQuota", amount);
  }

  protected ObjectNode wrapped(String name, String cpus) {
    return Samples.wrapped(Samples.demo(name, cpus), "main");
  }

  protected static ObjectNode queued(ObjectNode cluster) {
    metadata(cluster).putObject("labels").put(QUEUE, "main");
    return cluster;
  }

  protected Optional<JsonNode> workload(String owner) {
    return items(workloads).stream()
        .filter(one -> one.at("/metadata/ownerReferences/0/name").asText().equals(owner))
        .findFirst();
  }

  protected static ObjectNode job(String name) {
    ObjectNode job = Json.object().put("apiVersion", "ray.io/v1").put("kind", "RayJob");
    job.putObject("metadata").put("name", name);
    ObjectNode spec = job.putObject("spec").put("entrypoint", "python main.py");
    spec.put("submissionMode", "HTTPMode").put("shutdownAfterJobFinishes", true);
    spec.set("rayClusterSpec", Samples.demo(name).get("spec"));
    return job;
  }

  protected JsonNode awaitWorkload(String owner, String type, String wanted) {
    eventually(
        workloads,
        reply -> workload(owner).filter(one -> condition(one, type).equals(wanted)).isPresent());
    return workload(owner).orElseThrow();
  }

  /** Who was first is told by the second of creation: what is made after this is later. */
  protected static void awaitNextSecond(JsonNode than) {
    Instant created = Instant.parse(than.at("/metadata/creationTimestamp").asText());
    Awaitility.await().until(() -> Instant.now().isAfter(created.plusSeconds(1)));
  }
}
