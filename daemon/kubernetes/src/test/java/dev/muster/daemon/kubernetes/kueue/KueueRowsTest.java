package dev.muster.daemon.kubernetes.kueue;

import static dev.muster.daemon.kubernetes.Samples.only;
import static dev.muster.daemon.kubernetes.Samples.sample;
import static dev.muster.daemon.kubernetes.Samples.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.kinds.Resource;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KueueRowsTest {
  private static Row row(Resource resource, ObjectNode object) {
    Row row = resource.projector().row("id", object, Instant.EPOCH);
    assertThat(row.cells().split("\t", -1)).hasSize(resource.kind().columns().size());
    return row;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          workload-pending.yaml | QUEUED | Pending | needs 1 CPU more than local-queue-default has left
          workload-admitted.yaml | RUNNING | Admitted | ''
          workload-finished-failed.yaml | FAILED | Failed | AppWrapper failed
          workload-finished-succeeded.yaml | SUCCEEDED | Succeeded | ''
          """)
  void samples_of_workloads_have_these_states(
      String file, State state, String word, String reason) {
    Row row = row(WorkloadRow.RESOURCE, only(file));

    assertThat(row.state()).isEqualTo(state);
    assertThat(row.nativeState()).isEqualTo(word);
    assertThat(row.reason()).isEqualTo(reason);
    assertThat(row.owner()).startsWith("AppWrapper/aw-");
  }

  @Test
  void a_workload_says_what_it_asks_for() {
    assertThat(row(WorkloadRow.RESOURCE, only("workload-pending.yaml")).details())
        .contains("\"requested\":{\"cpu\":\"6\",\"memory\":\"6Gi\"}");
    assertThat(row(WorkloadRow.RESOURCE, only("workload-admitted.yaml")).details())
        .contains("\"requested\":{\"cpu\":\"3\",\"memory\":\"6Gi\"}")
        .contains("\"clusterQueue\":\"cluster-queue\"");
    ObjectNode fresh = only("workload-pending.yaml");
    fresh.remove("status");
    assertThat(row(WorkloadRow.RESOURCE, fresh).details())
        .contains("\"requested\":{\"cpu\":\"6\",\"memory\":\"6Gi\"}");
  }

  @Test
  void a_deactivated_workload_and_a_deleted_one_say_so() {
    ObjectNode workload = only("workload-pending.yaml");
    ((ObjectNode) workload.path("spec")).put("active", false);
    assertThat(row(WorkloadRow.RESOURCE, workload).state()).isEqualTo(State.SUSPENDED);
    assertThat(row(WorkloadRow.RESOURCE, workload).reason())
        .isEqualTo(
            "suspended through its Workload (spec.active is false); muster resume lets it go on");

    ObjectNode evicting = only("workload-admitted.yaml");
    ((ObjectNode) evicting.path("spec")).put("active", false);
    assertThat(row(WorkloadRow.RESOURCE, evicting).state()).isEqualTo(State.SUSPENDING);

    ((ObjectNode) workload.path("metadata")).put("deletionTimestamp", "2026-11-21T12:00:00Z");
    assertThat(row(WorkloadRow.RESOURCE, workload).state()).isEqualTo(State.TERMINATING);
  }

  @Test
  void kueues_own_reason_for_a_deactivation_is_told() {
    ObjectNode workload = only("workload-pending.yaml");
    ((ObjectNode) workload.path("spec")).put("active", false);
    evicted(
        workload,
        "DeactivatedDueToMaximumExecutionTimeExceeded",
        "The workload is deactivated due to exceeding the maximum execution time");
    assertThat(WorkloadNote.of(workload).reason())
        .isEqualTo(
            "Kueue suspended it: The workload is deactivated due to exceeding the maximum execution"
                + " time; muster resume lets it go on");

    evicted(workload, "Deactivated", "The workload is deactivated");
    assertThat(WorkloadNote.of(workload).reason()).startsWith("suspended through its Workload");
    assertThat(WorkloadNote.of(workload).message()).isEqualTo("The workload is deactivated");
    assertThat(row(WorkloadRow.RESOURCE, workload).nativeState()).isEqualTo("Deactivated");
  }

  @Test
  void one_that_is_active_again_waits_for_quota_whatever_kueue_said_before() {
    ObjectNode workload = only("workload-pending.yaml");
    evicted(workload, "Deactivated", "The workload is deactivated");
    assertThat(WorkloadNote.of(workload).deactivated()).isFalse();
    assertThat(WorkloadNote.of(workload).reason())
        .isEqualTo("waiting for quota in the local queue " + WorkloadNote.of(workload).queue());
  }

  private static void evicted(ObjectNode workload, String reason, String message) {
    workload
        .withObject("/status")
        .putArray("conditions")
        .addObject()
        .put("type", "Evicted")
        .put("status", "True")
        .put("reason", reason)
        .put("message", message);
  }

  @Test
  void a_workload_with_quota_may_still_wait_for_its_checks() {
    ObjectNode workload = only("workload-admitted.yaml");
    ((com.fasterxml.jackson.databind.node.ArrayNode) workload.path("status").path("conditions"))
        .remove(1);

    assertThat(row(WorkloadRow.RESOURCE, workload).state()).isEqualTo(State.STARTING);
  }

  @Test
  void a_workload_that_was_preempted_says_why() {
    WorkloadNote note =
        WorkloadNote.of(
            yaml(
                """
                metadata: {name: w, namespace: n}
                spec: {queueName: q}
                status: {conditions: [{type: Evicted, status: 'True', message: Preempted to accommodate a workload}]}
                """));

    assertThat(note.pending()).isTrue();
    assertThat(note.reason()).isEqualTo("Preempted to accommodate a workload");
  }

  @Test
  void a_local_queue_lists_its_flavors_with_or_without_a_status() {
    Row bare =
        row(
            LocalQueueRow.RESOURCE,
            yaml(
                "{metadata: {name: q, namespace: n, annotations: {kueue.x-k8s.io/default-queue: 'True'}},"
                    + " spec: {clusterQueue: cq}}"));
    Row full =
        row(
            LocalQueueRow.RESOURCE,
            yaml(
                "{metadata: {name: q, namespace: n}, spec: {clusterQueue: cq}, status: {pendingWorkloads: 2,"
                    + " admittedWorkloads: 1, flavors: [{name: gold}], flavorsReservation: [{name: gold}, {name: silver}]}}"));

    assertThat(bare.cells()).isEqualTo("q\tn\tREADY\tcq\t0\t0\t0\tyes\t\t");
    assertThat(full.cells()).isEqualTo("q\tn\tREADY\tcq\t2\t0\t1\tno\tgold,silver\t");
  }

  @Test
  void a_queue_that_gives_nothing_out_says_why() {
    assertThat(
            row(
                    LocalQueueRow.RESOURCE,
                    yaml("{metadata: {name: q}, spec: {clusterQueue: cq, stopPolicy: Hold}}"))
                .reason())
        .isEqualTo("stopped (stopPolicy Hold)");
    Row lost =
        row(
            LocalQueueRow.RESOURCE,
            yaml(
                "{metadata: {name: q}, spec: {clusterQueue: cq}, status: {conditions: [{type: Active,"
                    + " status: 'False', reason: ClusterQueueDoesNotExist, message: Can't submit}]}}"));
    assertThat(lost.state()).isEqualTo(State.STOPPED);
    assertThat(lost.reason()).isEqualTo("ClusterQueueDoesNotExist: Can't submit");
  }

  @Test
  void a_cluster_queue_shows_what_is_reserved_of_its_quota() {
    ObjectNode queue = sample("clusterqueue-status.yaml");
    queue.setAll(
        yaml(
            """
            metadata: {name: cluster-queue}
            spec:
              cohort: all
              resourceGroups:
              - flavors:
                - {name: default-flavor, resources: [{name: cpu, nominalQuota: 8}, {name: memory, nominalQuota: 32Gi}]}
            """));
    Row row = row(ClusterQueueRow.RESOURCE, queue);

    assertThat(row.key().namespace()).isEmpty();
    assertThat(row.cells())
        .isEqualTo("cluster-queue\tREADY\tall\t0\t0\t0\tcpu:0/8 memory:0/32Gi\t");
    assertThat(ClusterQueueRow.RESOURCE.namespaced()).isFalse();
  }

  @Test
  void flavors_and_priorities_are_listed() {
    assertThat(
            row(
                    ResourceFlavorRow.RESOURCE,
                    yaml(
                        "{metadata: {name: f}, spec: {nodeLabels: {gpu: a100}, nodeTaints: [{}]}}"))
                .cells())
        .isEqualTo("f\tgpu=a100\t1");
    assertThat(
            row(
                    WorkloadPriorityClassRow.RESOURCE,
                    yaml("{metadata: {name: high}, value: 1000, description: 'for\n\tthe boss'}"))
                .cells())
        .isEqualTo("high\t1000\tfor the boss");
  }
}
