package dev.muster.daemon.kubernetes.appwrapper;

import static dev.muster.daemon.kubernetes.Samples.only;
import static dev.muster.daemon.kubernetes.Samples.sample;
import static dev.muster.daemon.kubernetes.Samples.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.kueue.WorkloadNote;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppWrapperStateTest {
  private static final WorkloadNote PENDING = WorkloadNote.of(only("workload-pending.yaml"));

  private static Row row(ObjectNode appWrapper, WorkloadNote workload, Wrapped wrapped) {
    return AppWrapperRow.of("id", appWrapper, workload, wrapped, Instant.EPOCH);
  }

  private static ObjectNode phase(String phase) {
    return yaml(
        "{apiVersion: workload.codeflare.dev/v1beta2, metadata: {name: a, namespace: n},"
            + " spec: {components: [{template: {kind: RayCluster, metadata: {name: a}}}]}, status: {phase: '"
            + phase
            + "'}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          appwrapper-suspended-by-user.yaml | SUSPENDED | suspended by its "suspend" field
          appwrapper-suspended-pending.yaml | QUEUED | waiting for quota in the local queue local-queue-default
          appwrapper-resetting.yaml | STARTING | it is begun anew after 1 reset: pods of it failed
          appwrapper-failed.yaml | FAILED | pods of it failed (after 1 reset)
          appwrapper-failed-missing-component.yaml | FAILED | what it wraps was deleted: Only found 0 deployed components, but was expecting 1
          appwrapper-succeeded.yaml | SUCCEEDED | ''
          appwrapper-plain.yaml | QUEUED | waiting for the AppWrapper operator to take it up
          """)
  void samples_of_the_operator_have_these_states(String file, State state, String reason) {
    Row row = row(sample(file), WorkloadNote.NONE, Wrapped.NONE);

    assertThat(row.state()).isEqualTo(state);
    assertThat(row.reason()).isEqualTo(reason);
    assertThat(row.ready()).isFalse();
    assertThat(row.cells().split("\t", -1)).hasSize(AppWrapperRow.RESOURCE.kind().columns().size());
  }

  @ParameterizedTest
  @CsvSource({
    "'', QUEUED",
    "Suspending, SUSPENDING",
    "Resuming, STARTING",
    "Resetting, STARTING",
    "Running, STARTING",
    "Failed, FAILED",
    "Succeeded, SUCCEEDED",
    "Terminating, TERMINATING",
    "Novelty, UNKNOWN"
  })
  void every_phase_has_a_state(String phase, State state) {
    Row row = row(phase(phase), WorkloadNote.NONE, Wrapped.NONE);

    assertThat(row.state()).isEqualTo(state);
    assertThat(row.nativeState()).isEqualTo(phase);
  }

  @ParameterizedTest
  @CsvSource({
    "'', SUSPENDED",
    "Suspended, SUSPENDED",
    "Suspending, SUSPENDING",
    "Resuming, SUSPENDING",
    "Resetting, SUSPENDING",
    "Running, SUSPENDING",
    "Failed, FAILED",
    "Succeeded, SUCCEEDED",
    "Terminating, TERMINATING"
  })
  void one_whose_workload_is_deactivated_is_suspended_unless_it_is_over(String phase, State state) {
    ObjectNode workload = only("workload-admitted.yaml");
    ((ObjectNode) workload.path("spec")).put("active", false);

    Row row = row(phase(phase), WorkloadNote.of(workload), Wrapped.NONE);

    assertThat(row.state()).isEqualTo(state);
    assertThat(row.reason().contains("through its Workload"))
        .isEqualTo(state == State.SUSPENDED || state == State.SUSPENDING);
  }

  @Test
  void kueue_says_why_it_waits() {
    assertThat(row(sample("appwrapper-suspended-pending.yaml"), PENDING, Wrapped.NONE).reason())
        .isEqualTo("needs 1 CPU more than local-queue-default has left");
  }

  @Test
  void one_that_has_quota_is_about_to_start() {
    WorkloadNote admitted = WorkloadNote.of(only("workload-admitted.yaml"));
    ObjectNode resumed = sample("appwrapper-suspended-pending.yaml");
    ((ObjectNode) resumed.path("spec")).put("suspend", false);

    assertThat(row(sample("appwrapper-suspended-pending.yaml"), admitted, Wrapped.NONE).state())
        .isEqualTo(State.STARTING);
    assertThat(row(resumed, WorkloadNote.NONE, Wrapped.NONE).reason())
        .isEqualTo("about to be started");
  }

  @Test
  void a_running_one_is_as_the_cluster_in_it_is() {
    Wrapped broken = new Wrapped(State.STARTING, false, "head pod h: ErrImagePull");
    ObjectNode running = sample("appwrapper-running-admitted.yaml");

    assertThat(row(running.deepCopy(), WorkloadNote.NONE, broken).reason())
        .isEqualTo("head pod h: ErrImagePull");
    Row ready = row(running.deepCopy(), WorkloadNote.NONE, new Wrapped(State.READY, true, ""));
    assertThat(ready.state()).isEqualTo(State.READY);
    assertThat(ready.ready()).isTrue();
    assertThat(row(running.deepCopy(), WorkloadNote.NONE, Wrapped.NONE).state())
        .as("by the operator's word while the cluster is not known")
        .isEqualTo(State.READY);
    assertThat(row(running, WorkloadNote.NONE, Wrapped.ABSENT).reason())
        .isEqualTo("its RayCluster does not exist");
  }

  @Test
  void one_without_a_cluster_is_as_its_pods_are() {
    ObjectNode pods =
        yaml(
            """
            apiVersion: workload.codeflare.dev/v1beta2
            metadata: {name: a, namespace: n}
            spec: {components: [{template: {kind: Pod, metadata: {name: p}}}]}
            status: {phase: Running, conditions: [{type: PodsReady, status: 'True'}]}
            """);

    assertThat(row(pods.deepCopy(), WorkloadNote.NONE, Wrapped.NONE).state())
        .isEqualTo(State.RUNNING);
    ((ObjectNode) pods.path("status").path("conditions").get(0)).put("status", "False");
    Row waiting = row(pods, WorkloadNote.NONE, Wrapped.NONE);
    assertThat(waiting.state()).isEqualTo(State.STARTING);
    assertThat(waiting.ready()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'{}', QUEUED, still being added to the queue",
    "'{canrun: false, state: Pending}', QUEUED, waiting to be dispatched",
    "'{canrun: true, state: Running}', STARTING, waiting for its RayCluster",
    "'{canrun: true, state: RunningHoldCompletion}', STARTING, waiting for its RayCluster",
    "'{canrun: true, state: Failed}', FAILED, its AppWrapper failed",
    "'{canrun: true, state: Deleted}', FAILED, its AppWrapper's resources were deleted"
  })
  void the_older_shape_has_a_state_of_its_own(String status, State state, String reason) {
    for (String group : new String[] {"workload.codeflare.dev", "mcad.ibm.com"}) {
      Row row =
          row(
              yaml(
                  "{apiVersion: "
                      + group
                      + "/v1beta1, metadata: {name: a, namespace: n}, spec: {resources: {GenericItems:"
                      + " [{generictemplate: {kind: RayCluster, metadata: {name: a}}}]}}, status: "
                      + status
                      + "}"),
              WorkloadNote.NONE,
              Wrapped.NONE);

      assertThat(row.state()).isEqualTo(state);
      assertThat(row.reason()).isEqualTo(reason);
    }
  }

  @Test
  void one_that_is_being_deleted_says_what_it_waits_for() {
    ObjectNode deleted = sample("appwrapper-running-admitted.yaml");
    ((ObjectNode) deleted.path("metadata")).put("deletionTimestamp", "2026-11-21T12:00:00Z");

    assertThat(row(deleted, WorkloadNote.NONE, Wrapped.NONE).reason())
        .isEqualTo("being deleted; waiting for workload.codeflare.dev/finalizer");
  }

  @Test
  void details_are_the_documented_record() {
    Row row = row(sample("appwrapper-suspended-pending.yaml"), PENDING, Wrapped.NONE);

    assertThat(row.details())
        .startsWith(
            "{\"apiVersion\":\"workload.codeflare.dev/v1beta2\",\"phase\":\"Suspended\","
                + "\"queue\":\"local-queue-default\",\"suspend\":true,\"resets\":0,"
                + "\"components\":[{\"kind\":\"RayCluster\",\"name\":\"aw-q2\"}],"
                + "\"workload\":{\"name\":\"appwrapper-aw-q2-1e647\",\"quota\":false,");
    assertThat(row.object()).doesNotContain("last-applied-configuration");
    assertThat(Yaml.fromJson(row.object()).path("kind").asText()).isEqualTo("AppWrapper");
  }
}
