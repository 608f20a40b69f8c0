package dev.muster.daemon.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.contract.ApiClient.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Kueue makes of jobs that name a queue. */
public abstract class KueueContract extends QueueContract {

  @Test
  void discovery_names_kueues_kinds() {
    JsonNode resources = admin.get(kueue).body().path("resources");
    assertThat(resources.findValuesAsText("name"))
        .contains(
            "clusterqueues",
            "clusterqueues/status",
            "localqueues",
            "localqueues/status",
            "resourceflavors",
            "workloadpriorityclasses",
            "workloads",
            "workloads/status");
  }

  @Test
  void an_appwrapper_in_a_queue_is_admitted_and_runs() {
    JsonNode created = create(appwrappers, wrapped("one", "1")).body();
    assertThat(created.at("/spec/suspend").asBoolean()).isTrue();
    JsonNode admitted = awaitWorkload("one", "Admitted", "True Admitted");
    assertThat(admitted.at("/metadata/name").asText()).matches("appwrapper-one-[0-9a-f]{5}");
    assertThat(admitted.at("/metadata/labels/kueue.x-k8s.io~1job-uid"))
        .isEqualTo(created.at("/metadata/uid"));
    assertThat(admitted.at("/metadata/finalizers/0").asText())
        .isEqualTo("kueue.x-k8s.io/resource-in-use");
    assertThat(admitted.at("/metadata/ownerReferences/0/kind").asText()).isEqualTo("AppWrapper");
    assertThat(condition(admitted, "QuotaReserved")).isEqualTo("True QuotaReserved");
    assertThat(message(admitted, "QuotaReserved"))
        .isEqualTo("Quota reserved in ClusterQueue " + namespace);
    assertThat(message(admitted, "Admitted")).isEqualTo("The workload is admitted");
    assertThat(admitted.at("/spec/queueName").asText()).isEqualTo("main");
    assertThat(admitted.at("/spec/active").asBoolean()).isTrue();
    assertThat(admitted.at("/spec/podSets").findValuesAsText("count")).containsExactly("1", "2");
    assertThat(admitted.at("/spec/podSets/1/name").asText()).isEqualTo("one-1");
    assertThat(admitted.at("/spec/podSets/0/template/spec/dnsPolicy").asText())
        .isEqualTo("ClusterFirst");
    JsonNode second = admitted.at("/status/admission/podSetAssignments/1");
    assertThat(second.path("flavors").path("cpu").asText()).isEqualTo(namespace);
    assertThat(second.path("resourceUsage").path("cpu").asText()).isEqualTo("2");
    assertThat(second.path("resourceUsage").path("memory").asText()).isEqualTo("4Gi");
    JsonNode running =
        eventually(
                appwrappers + "/one",
                reply -> reply.body().at("/status/phase").asText().equals("Running"))
            .body();
    assertThat(running.path("spec").has("suspend")).isFalse();
    assertThat(running.at("/metadata/generation").asInt()).isEqualTo(2);
    assertThat(
            running.at("/spec/components/0/podSetInfos").findValuesAsText("kueue.x-k8s.io/podset"))
        .containsExactly("one-0", "one-1");
    JsonNode cluster = admin.get(rayclusters + "/one").body();
    assertThat(cluster.at("/spec/suspend").asBoolean()).isFalse();
    assertThat(
            cluster
                .at("/spec/headGroupSpec/template/metadata/labels/kueue.x-k8s.io~1podset")
                .asText())
        .isEqualTo("one-0");
  }

  @Test
  void a_full_queue_makes_the_next_wait_and_says_what_is_missing() {
    create(appwrappers, wrapped("one", "1"));
    awaitWorkload("one", "Admitted", "True Admitted");
    create(appwrappers, wrapped("two", "2"));
    JsonNode waiting = awaitWorkload("two", "QuotaReserved", "False Pending");
    assertThat(message(waiting, "QuotaReserved"))
        .isEqualTo(
            "couldn't assign flavors to pod set two-1: insufficient unused quota for cpu in flavor"
                + " %s, 1 more needed".formatted(namespace));
    assertThat(waiting.at("/status/resourceRequests/1/resources/cpu").asText()).isEqualTo("4");
    assertThat(waiting.path("status").has("admission")).isFalse();
    JsonNode local =
        eventually(
                localqueues + "/main",
                reply ->
                    reply.body().at("/status/pendingWorkloads").asInt() == 1
                        && reply.body().at("/status/admittedWorkloads").asInt() == 1)
            .body();
    assertThat(local.at("/status/reservingWorkloads").asInt()).isEqualTo(1);
    assertThat(local.at("/status/flavorsReservation/0/resources/0/total").asText()).isEqualTo("3");
    assertThat(local.at("/status/flavors/0/name").asText()).isEqualTo(namespace);
    JsonNode cluster =
        eventually(
                clusterqueues + "/" + namespace,
                reply -> reply.body().at("/status/pendingWorkloads").asInt() == 1)
            .body();
    assertThat(message(cluster, "Active")).isEqualTo("Can admit new workloads");
    assertThat(cluster.at("/status/flavorsUsage/0/resources/1").toString())
        .contains("\"total\":\"6Gi\"", "\"borrowed\":\"0\"");
    assertThat(admin.get(appwrappers + "/two").body().at("/status/phase").asText())
        .isEqualTo("Suspended");
    admin.delete(appwrappers + "/one");
    awaitWorkload("two", "Admitted", "True Admitted");
    eventually(
        appwrappers + "/two", reply -> reply.body().at("/status/phase").asText().equals("Running"));
  }

  @Test
  void the_first_to_wait_is_the_first_to_run_and_small_ones_pass() {
    create(appwrappers, wrapped("a", "2"));
    awaitWorkload("a", "Admitted", "True Admitted");
    create(appwrappers, wrapped("b", "2"));
    JsonNode older = awaitWorkload("b", "QuotaReserved", "False Pending");
    create(appwrappers, Samples.wrapped(Samples.pod("small"), "main"));
    awaitWorkload("small", "Admitted", "True Admitted");
    awaitNextSecond(older);
    create(appwrappers, wrapped("c", "2"));
    awaitWorkload("c", "QuotaReserved", "False Pending");
    admin.delete(appwrappers + "/a");
    awaitWorkload("b", "Admitted", "True Admitted");
    assertThat(condition(workload("c").orElseThrow(), "QuotaReserved")).isEqualTo("False Pending");
  }

  @Test
  void more_than_the_queue_ever_has_is_said_so() {
    create(appwrappers, wrapped("big", "100"));
    JsonNode waiting = awaitWorkload("big", "QuotaReserved", "False Pending");
    assertThat(message(waiting, "QuotaReserved"))
        .isEqualTo(
            ("couldn't assign flavors to pod set big-0: insufficient quota for cpu in flavor %s,"
                    + " request > maximum capacity (100 > 8)")
                .formatted(namespace));
  }

  @Test
  void a_resource_that_the_queue_does_not_have_is_said_so() {
    ObjectNode wrapper = wrapped("odd", "1");
    ((ObjectNode)
            wrapper.at(
                "/spec/components/0/template/spec/headGroupSpec/template/spec/containers/0"
                    + "/resources/requests"))
        .put("example.com/unit", "1");
    create(appwrappers, wrapper);
    JsonNode waiting = awaitWorkload("odd", "QuotaReserved", "False Pending");
    assertThat(message(waiting, "QuotaReserved"))
        .isEqualTo(
            "couldn't assign flavors to pod set odd-0: resource example.com/unit unavailable in"
                + " ClusterQueue");
  }

  @Test
  void a_queue_that_does_not_exist_admits_nothing_until_it_does() {
    create(appwrappers, Samples.wrapped(Samples.demo("lost", "1"), "later"));
    JsonNode waiting = awaitWorkload("lost", "QuotaReserved", "False Inadmissible");
    assertThat(message(waiting, "QuotaReserved")).isEqualTo("LocalQueue later doesn't exist");
    ObjectNode local = object("LocalQueue", "later");
    local.putObject("spec").put("clusterQueue", namespace);
    create(localqueues, local);
    awaitWorkload("lost", "Admitted", "True Admitted");
  }

  @Test
  void a_local_queue_without_its_cluster_queue_is_not_active() {
    ObjectNode local = object("LocalQueue", "loose");
    local.putObject("spec").put("clusterQueue", "nowhere-" + namespace);
    create(localqueues, local);
    eventually(
        localqueues + "/loose",
        reply -> condition(reply.body(), "Active").equals("False ClusterQueueDoesNotExist"));
    create(appwrappers, Samples.wrapped(Samples.demo("lost", "1"), "loose"));
    JsonNode waiting = awaitWorkload("lost", "QuotaReserved", "False Inadmissible");
    assertThat(message(waiting, "QuotaReserved"))
        .isEqualTo("ClusterQueue nowhere-%s doesn't exist".formatted(namespace));
  }

  @Test
  void a_raycluster_in_a_queue_begins_suspended_and_runs_when_admitted() {
    JsonNode created = create(queued(Samples.demo("direct", "1"))).body();
    assertThat(created.at("/spec/suspend").asBoolean()).isTrue();
    JsonNode workload = awaitWorkload("direct", "Admitted", "True Admitted");
    assertThat(workload.at("/spec/podSets").findValuesAsText("count")).containsExactly("1", "2");
    assertThat(workload.at("/spec/podSets/0/name").asText()).isEqualTo("head");
    JsonNode ready =
        eventually(
                rayclusters + "/direct",
                reply -> reply.body().at("/status/state").asText().equals("ready"))
            .body();
    assertThat(ready.at("/spec/suspend").asBoolean()).isFalse();
    assertThat(
            ready
                .at("/spec/workerGroupSpecs/0/template/metadata/labels/kueue.x-k8s.io~1podset")
                .asText())
        .isEqualTo("small-group-demo");
    assertThat(workload("direct").orElseThrow().at("/metadata/uid"))
        .isEqualTo(workload.at("/metadata/uid"));
  }

  @Test
  void a_raycluster_without_a_queue_runs_at_once_and_has_no_workload() {
    create(demo());
    eventually(
        rayclusters + "/demo", reply -> reply.body().at("/status/state").asText().equals("ready"));
    assertThat(items(workloads)).isEmpty();
  }

  @Test
  void a_stopped_cluster_queue_admits_nothing() {
    admin.merge(clusterqueues + "/" + namespace, "{\"spec\":{\"stopPolicy\":\"Hold\"}}");
    JsonNode stopped =
        eventually(
                clusterqueues + "/" + namespace,
                reply -> condition(reply.body(), "Active").equals("False Stopped"))
            .body();
    assertThat(message(stopped, "Active")).isEqualTo("Can't admit new workloads: is stopped.");
    eventually(
        localqueues + "/main",
        reply -> condition(reply.body(), "Active").equals("False ClusterQueueIsInactive"));
    create(queued(Samples.demo("direct", "1")));
    JsonNode waiting = awaitWorkload("direct", "QuotaReserved", "False Inadmissible");
    assertThat(message(waiting, "QuotaReserved"))
        .isEqualTo("ClusterQueue %s is inactive".formatted(namespace));
    admin.merge(clusterqueues + "/" + namespace, "{\"spec\":{\"stopPolicy\":\"None\"}}");
    awaitWorkload("direct", "Admitted", "True Admitted");
  }

  @Test
  void the_end_of_an_appwrapper_finishes_its_workload() {
    create(appwrappers, Samples.wrapped(Samples.pod("short"), "main"));
    eventually(
        appwrappers + "/short",
        reply -> condition(reply.body(), "PodsReady").equals("True SufficientPodsReady"));
    admin.merge(core + "/pods/short/status", "{\"status\":{\"phase\":\"Succeeded\"}}");
    JsonNode finished = awaitWorkload("short", "Finished", "True Succeeded");
    assertThat(message(finished, "Finished")).isEqualTo("AppWrapper finished successfully");
    eventually(
        workloads, reply -> !workload("short").orElseThrow().path("metadata").has("finalizers"));
    eventually(
        localqueues + "/main",
        reply -> reply.body().at("/status/reservingWorkloads").asInt(-1) == 0);
  }

  @Test
  void a_deleted_job_takes_its_workload_along() {
    create(appwrappers, wrapped("one", "1"));
    awaitWorkload("one", "Admitted", "True Admitted");
    admin.delete(appwrappers + "/one");
    eventually(appwrappers + "/one", reply -> reply.code() == 404);
    eventually(workloads, reply -> reply.body().path("items").isEmpty());
  }

  @Test
  void a_priority_class_gives_its_value_to_the_workload() {
    ObjectNode urgent = object("WorkloadPriorityClass", "urgent-" + namespace);
    urgent.put("value", 100).put("description", "first");
    create(kueue + "/workloadpriorityclasses", urgent);
    ObjectNode cluster = queued(Samples.demo("direct", "1"));
    ((ObjectNode) metadata(cluster).get("labels"))
        .put("kueue.x-k8s.io/priority-class", "urgent-" + namespace);
    create(cluster);
    JsonNode workload = awaitWorkload("direct", "Admitted", "True Admitted");
    assertThat(workload.at("/spec/priority").asInt()).isEqualTo(100);
    assertThat(workload.at("/spec/priorityClassSource").asText())
        .isEqualTo("kueue.x-k8s.io/workloadpriorityclass");
    admin.delete(kueue + "/workloadpriorityclasses/urgent-" + namespace);
  }

  @Test
  void a_queue_cannot_be_changed_while_the_job_runs_nor_a_cluster_scale_itself() {
    create(queued(Samples.demo("direct", "1")));
    eventually(rayclusters + "/direct", reply -> !reply.body().at("/spec/suspend").asBoolean(true));
    Reply moved =
        admin.merge(
            rayclusters + "/direct", "{\"metadata\":{\"labels\":{\"" + QUEUE + "\":\"x\"}}}");
    assertThat(moved.code()).isEqualTo(403);
    assertThat(moved.message())
        .startsWith("admission webhook \"vraycluster.kb.io\" denied the request: metadata.labels[")
        .contains("field is immutable");
    ObjectNode scaling = queued(Samples.demo("scaling", "1"));
    spec(scaling).put("enableInTreeAutoscaling", true);
    assertThat(admin.post(rayclusters, scaling).message())
        .contains("a kueue managed job should not use autoscaling");
  }

  @Test
  void queues_are_checked() {
    Reply moved = admin.merge(localqueues + "/main", "{\"spec\":{\"clusterQueue\":\"other\"}}");
    assertThat(moved.code()).isEqualTo(422);
    assertThat(moved.message()).contains("spec.clusterQueue", "field is immutable");
    ObjectNode wrong = object("ClusterQueue", "wrong-" + namespace);
    ObjectNode group = wrong.putObject("spec").putArray("resourceGroups").addObject();
    group.putArray("coveredResources").add("cpu");
    ObjectNode flavor = group.putArray("flavors").addObject().put("name", namespace);
    quota(flavor, "memory", "1Gi");
    assertThat(admin.post(clusterqueues, wrong).message())
        .contains("must match the name in coveredResources");
    quota(flavor, "cpu", "much");
    // 400 where a webhook reads it first.
    assertThat(admin.post(clusterqueues, wrong).code()).isIn(400, 422);
    assertThat(admin.get(clusterqueues + "/wrong-" + namespace).code()).isEqualTo(404);
    ObjectNode strange = object("LocalQueue", "strange");
    strange.putObject("spec").put("clusterQueue", namespace).put("stopPolicy", "Maybe");
    assertThat(admin.post(localqueues, strange).message())
        .contains(
            "spec.stopPolicy: Unsupported value: \"Maybe\": supported values: \"None\", \"Hold\","
                + " \"HoldAndDrain\"");
    assertThat(List.of(admin.get(localqueues + "/strange").code())).containsExactly(404);
  }
}
