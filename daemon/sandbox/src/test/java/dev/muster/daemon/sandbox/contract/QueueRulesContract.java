package dev.muster.daemon.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.contract.ApiClient.Reply;
import org.junit.jupiter.api.Test;

/** What queues can be told, and what happens to jobs and workloads that are changed by hand. */
public abstract class QueueRulesContract extends QueueContract {

  private String cluster(String name) {
    return rayclusters + "/" + name;
  }

  private String clusterQueue() {
    return clusterqueues + "/" + namespace;
  }

  @Test
  void a_rayjob_in_a_queue_begins_suspended_and_is_let_go_when_admitted() {
    JsonNode created =
        create("/apis/ray.io/v1/namespaces/" + namespace + "/rayjobs", queued(job("work"))).body();
    assertThat(created.at("/spec/suspend").asBoolean()).isTrue();
    JsonNode workload = awaitWorkload("work", "Admitted", "True Admitted");
    assertThat(workload.at("/metadata/name").asText()).startsWith("rayjob-work-");
    assertThat(workload.at("/spec/podSets").findValuesAsText("count")).containsExactly("1", "2");
    eventually(
        "/apis/ray.io/v1/namespaces/" + namespace + "/rayjobs/work",
        reply -> !reply.body().at("/spec/suspend").asBoolean());
    ObjectNode keeping = queued(job("keeping"));
    spec(keeping).put("shutdownAfterJobFinishes", false);
    Reply refused = admin.post("/apis/ray.io/v1/namespaces/" + namespace + "/rayjobs", keeping);
    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.message())
        .contains("a kueue managed job should delete the cluster after finishing");
  }

  @Test
  void in_a_strict_queue_nobody_passes() {
    admin.merge(clusterQueue(), "{\"spec\":{\"queueingStrategy\":\"StrictFIFO\"}}");
    create(appwrappers, wrapped("a", "2"));
    awaitWorkload("a", "Admitted", "True Admitted");
    create(appwrappers, wrapped("b", "2"));
    awaitNextSecond(awaitWorkload("b", "QuotaReserved", "False Pending"));
    create(appwrappers, Samples.wrapped(Samples.pod("small"), "main"));
    eventually(workloads, reply -> workload("small").isPresent());
    eventually(
        localqueues + "/main", reply -> reply.body().at("/status/pendingWorkloads").asInt() == 2);
    assertThat(condition(workload("small").orElseThrow(), "QuotaReserved"))
        .doesNotStartWith("True");
    admin.delete(appwrappers + "/a");
    awaitWorkload("b", "Admitted", "True Admitted");
    awaitWorkload("small", "Admitted", "True Admitted");
  }

  @Test
  void a_held_local_queue_admits_nothing() {
    admin.merge(localqueues + "/main", "{\"spec\":{\"stopPolicy\":\"Hold\"}}");
    JsonNode held =
        eventually(
                localqueues + "/main",
                reply -> condition(reply.body(), "Active").equals("False Stopped"))
            .body();
    assertThat(message(held, "Active")).isEqualTo("LocalQueue is stopped");
    create(queued(Samples.demo("direct", "1")));
    JsonNode waiting = awaitWorkload("direct", "QuotaReserved", "False Inadmissible");
    assertThat(message(waiting, "QuotaReserved")).isEqualTo("LocalQueue main is inactive");
  }

  @Test
  void a_drained_queue_takes_its_quota_back() {
    create(queued(Samples.demo("direct", "1")));
    awaitWorkload("direct", "Admitted", "True Admitted");
    admin.merge(clusterQueue(), "{\"spec\":{\"stopPolicy\":\"HoldAndDrain\"}}");
    JsonNode evicted = awaitWorkload("direct", "Evicted", "True ClusterQueueStopped");
    assertThat(message(evicted, "Evicted")).isEqualTo("The ClusterQueue is stopped");
    eventually(
        workloads, reply -> !workload("direct").orElseThrow().path("status").has("admission"));
    assertThat(admin.get(cluster("direct")).body().at("/spec/suspend").asBoolean()).isTrue();
  }

  @Test
  void a_cluster_queue_serves_the_namespaces_that_it_selects() {
    admin.merge(
        clusterQueue(),
        "{\"spec\":{\"namespaceSelector\":{\"matchLabels\":{\"team\":\"b\"},"
            + "\"matchExpressions\":[{\"key\":\"old\",\"operator\":\"DoesNotExist\"}]}}}");
    create(queued(Samples.demo("direct", "1")));
    JsonNode waiting = awaitWorkload("direct", "QuotaReserved", "False Pending");
    assertThat(message(waiting, "QuotaReserved"))
        .isEqualTo("Workload namespace doesn't match ClusterQueue selector");
  }

  @Test
  void a_cluster_queue_without_its_flavor_is_not_active() {
    ObjectNode queue = object("ClusterQueue", "odd-" + namespace);
    ObjectNode group = queue.putObject("spec").putArray("resourceGroups").addObject();
    group.putArray("coveredResources").add("cpu");
    quota(group.putArray("flavors").addObject().put("name", "none-" + namespace), "cpu", "1");
    create(clusterqueues, queue);
    JsonNode inactive =
        eventually(
                clusterqueues + "/odd-" + namespace,
                reply -> condition(reply.body(), "Active").equals("False FlavorNotFound"))
            .body();
    assertThat(message(inactive, "Active"))
        .isEqualTo(
            "Can't admit new workloads: references missing ResourceFlavor(s): none-%s."
                .formatted(namespace));
    admin.delete(clusterqueues + "/odd-" + namespace);
    eventually(clusterqueues + "/odd-" + namespace, reply -> reply.code() == 404);
  }

  @Test
  void what_is_in_use_is_kept() {
    create(queued(Samples.demo("direct", "1")));
    awaitWorkload("direct", "Admitted", "True Admitted");
    admin.delete(clusterQueue());
    assertThat(admin.get(clusterQueue()).body().at("/metadata/deletionTimestamp").asText())
        .endsWith("Z");
    admin.delete(flavors + "/" + namespace);
    assertThat(admin.get(flavors + "/" + namespace).code()).isEqualTo(200);
    admin.delete(cluster("direct"));
    eventually(clusterQueue(), reply -> reply.code() == 404);
    eventually(flavors + "/" + namespace, reply -> reply.code() == 404);
  }

  @Test
  void flavors_tell_pods_where_to_go() {
    ObjectNode flavor = object("ResourceFlavor", "fast-" + namespace);
    ObjectNode spec = flavor.putObject("spec");
    spec.putObject("nodeLabels").put("speed", "fast");
    spec.putArray("tolerations")
        .addObject()
        .put("key", "fast")
        .put("operator", "Exists")
        .put("effect", "NoSchedule");
    create(flavors, flavor);
    ObjectNode queue = object("ClusterQueue", "fast-" + namespace);
    ObjectNode group = queue.putObject("spec").putArray("resourceGroups").addObject();
    spec(queue).putObject("namespaceSelector");
    group.putArray("coveredResources").add("cpu").add("memory");
    ObjectNode small = group.putArray("flavors").addObject().put("name", namespace);
    quota(small, "cpu", "1");
    quota(small, "memory", "1Gi");
    ObjectNode big = group.withArray("flavors").addObject().put("name", "fast-" + namespace);
    quota(big, "cpu", "8");
    quota(big, "memory", "32Gi");
    create(clusterqueues, queue);
    ObjectNode local = object("LocalQueue", "fast");
    local.putObject("spec").put("clusterQueue", "fast-" + namespace);
    create(localqueues, local);
    ObjectNode cluster = Samples.demo("direct", "2");
    metadata(cluster).putObject("labels").put(QUEUE, "fast");
    create(cluster);
    JsonNode workload = awaitWorkload("direct", "Admitted", "True Admitted");
    assertThat(workload.at("/status/admission/podSetAssignments/0/flavors").path("cpu").asText())
        .isEqualTo("fast-" + namespace);
    JsonNode running =
        eventually(cluster("direct"), reply -> !reply.body().at("/spec/suspend").asBoolean(true))
            .body();
    JsonNode head = running.at("/spec/headGroupSpec/template/spec");
    assertThat(head.at("/nodeSelector/speed").asText()).isEqualTo("fast");
    assertThat(head.at("/tolerations/0/key").asText()).isEqualTo("fast");
    String path = workloads + "/" + workload.at("/metadata/name").asText();
    admin.merge(path, "{\"spec\":{\"active\":false}}");
    JsonNode stopped =
        eventually(cluster("direct"), reply -> reply.body().at("/spec/suspend").asBoolean()).body();
    assertThat(stopped.at("/spec/headGroupSpec/template/spec").has("nodeSelector")).isFalse();
    admin.delete(rayclusters);
    admin.delete(clusterqueues + "/fast-" + namespace);
    admin.delete(flavors + "/fast-" + namespace);
  }

  @Test
  void a_job_that_is_made_bigger_gets_a_new_workload() {
    create(queued(Samples.demo("direct", "1")));
    JsonNode first = awaitWorkload("direct", "Admitted", "True Admitted");
    eventually(cluster("direct"), reply -> !reply.body().at("/spec/suspend").asBoolean(true));
    String bigger =
        """
        [{"op":"replace","path":"/spec/workerGroupSpecs/0/replicas","value":3},
         {"op":"replace","path":"/spec/workerGroupSpecs/0/maxReplicas","value":3}]
        """;
    assertThat(admin.patch(cluster("direct"), "application/json-patch+json", bigger).code())
        .isEqualTo(200);
    eventually(
        workloads,
        reply ->
            workload("direct")
                .filter(one -> !one.at("/metadata/uid").equals(first.at("/metadata/uid")))
                .filter(one -> one.at("/spec/podSets/1/count").asInt() == 3)
                .isPresent());
    awaitWorkload("direct", "Admitted", "True Admitted");
  }

  @Test
  void a_workload_that_is_deleted_by_hand_is_made_anew() {
    create(queued(Samples.demo("direct", "1")));
    JsonNode first = awaitWorkload("direct", "Admitted", "True Admitted");
    admin.delete(workloads + "/" + first.at("/metadata/name").asText());
    eventually(
        workloads,
        reply ->
            workload("direct")
                .filter(one -> !one.at("/metadata/uid").equals(first.at("/metadata/uid")))
                .filter(one -> condition(one, "Admitted").equals("True Admitted"))
                .isPresent());
  }

  @Test
  void a_waiting_job_can_change_its_queue() {
    create(queued(Samples.demo("direct", "100")));
    awaitWorkload("direct", "QuotaReserved", "False Pending");
    admin.merge(cluster("direct"), "{\"metadata\":{\"labels\":{\"" + QUEUE + "\":\"other\"}}}");
    JsonNode moved = awaitWorkload("direct", "QuotaReserved", "False Inadmissible");
    assertThat(moved.at("/spec/queueName").asText()).isEqualTo("other");
  }

  @Test
  void a_namespace_with_a_queue_named_default_queues_everything() {
    ObjectNode local = object("LocalQueue", "default");
    local.putObject("spec").put("clusterQueue", namespace);
    create(localqueues, local);
    eventually(
        localqueues + "/default", reply -> condition(reply.body(), "Active").equals("True Ready"));
    JsonNode created = create(demo()).body();
    assertThat(created.path("metadata").path("labels").path(QUEUE).asText()).isEqualTo("default");
    assertThat(created.at("/spec/suspend").asBoolean()).isTrue();
    awaitWorkload("demo", "Admitted", "True Admitted");
  }

  @Test
  void a_raycluster_in_an_appwrapper_that_waits_has_no_workload_of_its_own() {
    ObjectNode wrapper = Samples.wrapped(queued(Samples.demo("one", "1")), "main");
    create(appwrappers, wrapper);
    awaitWorkload("one", "Admitted", "True Admitted");
    eventually(cluster("one"), reply -> reply.body().at("/status/state").asText().equals("ready"));
    assertThat(items(workloads)).hasSize(1);
  }

  @Test
  void borrowing_needs_a_cohort_and_quotas_are_complete() {
    ObjectNode queue = object("ClusterQueue", "odd-" + namespace);
    ObjectNode group = queue.putObject("spec").putArray("resourceGroups").addObject();
    group.putArray("coveredResources").add("cpu").add("memory");
    ObjectNode flavor = group.putArray("flavors").addObject().put("name", namespace);
    quota(flavor, "cpu", "1");
    ((ObjectNode) flavor.at("/resources/0")).put("borrowingLimit", "1");
    assertThat(admin.post(clusterqueues, queue).message())
        .contains(
            "flavors must have the same number of resources as the coveredResources",
            "borrowingLimit must be nil when cohort is empty");
    group.putArray("coveredResources");
    assertThat(admin.post(clusterqueues, queue).message())
        .contains(
            "spec.resourceGroups[0].coveredResources: Invalid value: 0:"
                + " spec.resourceGroups[0].coveredResources in body should have at least 1 items");
    quota(flavor, "cpu", "2");
    assertThat(admin.post(clusterqueues, queue).message())
        .contains("Duplicate value: map[string]interface {}{\"name\":\"cpu\"}");
  }
}
