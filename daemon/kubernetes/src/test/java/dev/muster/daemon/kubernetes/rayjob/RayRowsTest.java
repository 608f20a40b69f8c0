package dev.muster.daemon.kubernetes.rayjob;

import static dev.muster.daemon.kubernetes.Samples.only;
import static dev.muster.daemon.kubernetes.Samples.sample;
import static dev.muster.daemon.kubernetes.Samples.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.kueue.WorkloadNote;
import dev.muster.daemon.kubernetes.rayservice.RayServiceRow;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RayRowsTest {
  private static Row job(ObjectNode job) {
    return RayJobRow.of("id", job, WorkloadNote.NONE, Instant.EPOCH);
  }

  private static Row service(String status) {
    return RayServiceRow.RESOURCE
        .projector()
        .row(
            "id",
            yaml("{metadata: {name: s, namespace: n}, status: " + status + "}"),
            Instant.EPOCH);
  }

  @Test
  void samples_of_jobs_have_these_states() {
    assertThat(job(sample("rayjob-job-ok.yaml")).state()).isEqualTo(State.SUCCEEDED);
    Row failed = job(sample("rayjob-job-fail.yaml"));
    assertThat(failed.state()).isEqualTo(State.FAILED);
    assertThat(failed.nativeState()).isEqualTo("FAILED");
    assertThat(failed.reason())
        .isEqualTo("AppFailed: Job entrypoint command failed with exit code 1");
    assertThat(failed.cells().split("\t", -1)).hasSize(RayJobRow.RESOURCE.kind().columns().size());
  }

  @ParameterizedTest
  @CsvSource({
    "'{}', STARTING, waiting for its cluster",
    "'{jobDeploymentStatus: Initializing}', STARTING, waiting for its cluster",
    "'{jobDeploymentStatus: Waiting}', STARTING, waiting to be submitted",
    "'{jobDeploymentStatus: Retrying}', STARTING, it failed and is tried again",
    "'{jobDeploymentStatus: Running}', STARTING, waiting for Ray to start it",
    "'{jobDeploymentStatus: Running, jobStatus: RUNNING}', RUNNING, ''",
    "'{jobDeploymentStatus: Running, jobStatus: SUCCEEDED}', RUNNING, 'Ray says SUCCEEDED, KubeRay Running'",
    "'{jobDeploymentStatus: Complete, jobStatus: RUNNING}', SUCCEEDED, 'Ray says RUNNING, KubeRay Complete'",
    "'{jobDeploymentStatus: Failed, jobStatus: RUNNING, reason: DeadlineExceeded}', FAILED, 'DeadlineExceeded; Ray says RUNNING, KubeRay Failed'",
    "'{jobDeploymentStatus: Complete, jobStatus: STOPPED}', STOPPED, ''",
    "'{jobDeploymentStatus: Complete, jobStatus: FAILED, reason: AppFailed}', FAILED, AppFailed",
    "'{jobDeploymentStatus: ValidationFailed, message: bad}', FAILED, bad",
    "'{jobDeploymentStatus: Novelty}', UNKNOWN, ''"
  })
  void every_word_of_a_job_has_a_state(String status, State state, String reason) {
    Row row = job(yaml("{metadata: {name: j, namespace: n}, spec: {}, status: " + status + "}"));

    assertThat(row.state()).isEqualTo(state);
    assertThat(row.reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "Suspending, true, '', SUSPENDING, ''",
    "Suspended, true, '', SUSPENDED, 'suspended by its \"suspend\" field'",
    "Suspending, false, '', STARTING, resuming after it was suspended",
    "Suspended, false, '', STARTING, resuming after it was suspended",
    "Suspending, true, q, QUEUED, waiting for quota in the local queue q",
    "Suspended, true, q, QUEUED, waiting for quota in the local queue q",
    "Suspending, false, q, STARTING, it has quota and is about to be started",
    "Suspended, false, q, STARTING, it has quota and is about to be started"
  })
  void a_suspended_job_is_one_that_somebody_suspended(
      String deployment, boolean suspend, String queue, State state, String reason) {
    ObjectNode job =
        yaml(
            "{metadata: {name: j, labels: {kueue.x-k8s.io/queue-name: '%s'}}, spec: {suspend: %s}, status: {jobDeploymentStatus: %s}}"
                .formatted(queue, suspend, deployment));

    Row alone = job(job.deepCopy());
    assertThat(alone.state()).isEqualTo(state);
    assertThat(alone.reason()).isEqualTo(reason);
    if (!queue.isEmpty()) {
      WorkloadNote admitted = WorkloadNote.of(only("workload-admitted.yaml"));
      assertThat(RayJobRow.of("id", job, admitted, Instant.EPOCH).state()).isEqualTo(state);
    }
  }

  @Test
  void both_words_are_shown_where_they_differ_and_no_secret_is_kept() {
    Row row =
        job(
            yaml(
                "{metadata: {name: j, namespace: n}, spec: {runtimeEnvYAML: 'env_vars: {T: canary}'},"
                    + " status: {jobDeploymentStatus: Running, jobStatus: FAILED}}"));

    assertThat(row.nativeState()).isEqualTo("FAILED (KubeRay: Running)");
    assertThat(row.toString()).doesNotContain("canary");
  }

  @Test
  void a_job_in_a_queue_is_queued() {
    ObjectNode job =
        yaml(
            "{metadata: {name: j, namespace: n, labels: {kueue.x-k8s.io/queue-name: q}}, spec: {suspend: true},"
                + " status: {jobDeploymentStatus: Suspended}}");

    assertThat(job(job.deepCopy()).reason()).isEqualTo("waiting for quota in the local queue q");
    Row waiting =
        RayJobRow.of("id", job, WorkloadNote.of(only("workload-pending.yaml")), Instant.EPOCH);
    assertThat(waiting.state()).isEqualTo(State.QUEUED);
    assertThat(waiting.reason()).startsWith("needs 1 CPU more");
    assertThat(RayJobRow.again(waiting, WorkloadNote.NONE).reason())
        .isEqualTo("waiting for quota in the local queue q");
  }

  @ParameterizedTest
  @CsvSource({
    "'', true, SUSPENDED",
    "'', false, SUSPENDING",
    "Suspended, true, SUSPENDED",
    "Suspending, true, SUSPENDING",
    "Running, false, SUSPENDING",
    "Initializing, true, SUSPENDING",
    "Complete, false, SUCCEEDED",
    "Failed, false, FAILED"
  })
  void a_job_whose_workload_is_deactivated_is_suspended_unless_it_is_over(
      String deployment, boolean suspend, State state) {
    ObjectNode workload = only("workload-admitted.yaml");
    ((ObjectNode) workload.path("spec")).put("active", false);
    ObjectNode job =
        yaml(
            "{metadata: {name: j, labels: {kueue.x-k8s.io/queue-name: q}}, spec: {suspend: %s}, status: {jobDeploymentStatus: '%s'}}"
                .formatted(suspend, deployment));

    assertThat(RayJobRow.of("id", job, WorkloadNote.of(workload), Instant.EPOCH).state())
        .isEqualTo(state);
  }

  @Test
  void a_job_that_is_being_deleted_says_so() {
    assertThat(
            job(yaml("{metadata: {name: j, deletionTimestamp: '2026-11-21T12:00:00Z'}}")).reason())
        .isEqualTo("being deleted");
  }

  @Test
  void a_service_is_ready_by_its_condition_or_its_older_word() {
    assertThat(service("{serviceStatus: Running}").ready()).isTrue();
    assertThat(service("{serviceStatus: WaitForServeDeploymentReady}").state())
        .isEqualTo(State.STARTING);
    assertThat(
            service("{conditions: [{type: Ready, status: 'True'}], numServeEndpoints: 2}").cells())
        .isEqualTo("s\tn\tREADY\tyes\t\t\t2\t");
    assertThat(
            service(
                    "{conditions: [{type: Ready, status: 'False', reason: Initializing, message: m}]}")
                .reason())
        .isEqualTo("Initializing: m");
  }
}
