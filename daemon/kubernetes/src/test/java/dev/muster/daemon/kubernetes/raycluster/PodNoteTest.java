package dev.muster.daemon.kubernetes.raycluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.kinds.Stripped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodNoteTest {
  private static ObjectNode yaml(String yaml) {
    return (ObjectNode) Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8), "test");
  }

  private static String problem(String status) {
    return PodNote.of(yaml("status: " + status)).problem();
  }

  @Test
  void a_pod_says_which_cluster_it_is_part_of() {
    JsonNode pod = yaml("metadata: {labels: {ray.io/cluster: demo, ray.io/node-type: head}}");

    assertThat(PodNote.of(pod)).isEqualTo(new PodNote("demo", true, ""));
  }

  @Test
  void an_ordinary_start_is_nothing_to_tell_of() {
    assertThat(
            problem(
                "{phase: Pending, containerStatuses: [{state: {waiting: {reason: ContainerCreating}}}]}"))
        .isEmpty();
    assertThat(problem("{phase: Running, conditions: [{type: Ready, status: 'True'}]}")).isEmpty();
    assertThat(problem("{phase: Succeeded, reason: Completed}")).isEmpty();
  }

  @Test
  void a_container_that_cannot_start_says_why() {
    assertThat(
            problem(
                "{phase: Pending, containerStatuses: [{state: {waiting: {reason: ImagePullBackOff, message: \"Back-off\\n pulling\"}}}]}"))
        .isEqualTo("ImagePullBackOff: Back-off pulling");
  }

  @Test
  void a_container_that_crashes_says_how_it_ended() {
    assertThat(
            problem(
                "{phase: Running, containerStatuses: [{state: {waiting: {reason: CrashLoopBackOff, message: back-off}},"
                    + " lastState: {terminated: {reason: OOMKilled, exitCode: 137}}}]}"))
        .isEqualTo("CrashLoopBackOff: back-off (last time: OOMKilled, exit code 137)");
    assertThat(
            problem("{phase: Failed, containerStatuses: [{state: {terminated: {exitCode: 2}}}]}"))
        .isEqualTo("Error, exit code 2");
  }

  @Test
  void an_init_container_counts_too() {
    assertThat(problem("{initContainerStatuses: [{state: {waiting: {reason: ErrImagePull}}}]}"))
        .isEqualTo("ErrImagePull");
  }

  @Test
  void a_pod_that_fits_nowhere_says_so() {
    assertThat(
            problem(
                "{phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, message: 0/4 nodes}]}"))
        .isEqualTo("Unschedulable: 0/4 nodes");
  }

  @Test
  void a_pod_that_runs_but_is_not_ready_says_so() {
    assertThat(
            problem(
                "{phase: Running, conditions: [{type: Ready, status: 'False', message: 'unready: [x]'}]}"))
        .isEqualTo("not ready: unready: [x]");
  }

  @Test
  void a_pod_that_was_thrown_out_says_so() {
    assertThat(problem("{phase: Failed, reason: Evicted, message: low on memory}"))
        .isEqualTo("Evicted: low on memory");
    assertThat(problem("{phase: Failed}")).isEqualTo("failed");
  }

  @Test
  void a_pod_that_is_being_deleted_has_nothing_to_say() {
    assertThat(
            PodNote.of(yaml("metadata: {deletionTimestamp: x}\nstatus: {phase: Failed}")).problem())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Pending,STARTING",
    "Running,RUNNING",
    "Succeeded,SUCCEEDED",
    "Failed,FAILED",
    "Odd,UNKNOWN"
  })
  void a_pods_phase_is_its_state(String phase, State state) {
    ObjectNode pod =
        yaml(
            "metadata: {name: p, namespace: n, labels: {ray.io/cluster: demo}}\nstatus: {phase: "
                + phase
                + "}");
    Row row = PodRow.of("id", pod, PodNote.of(pod), Instant.EPOCH);

    assertThat(row.state()).isEqualTo(state);
    assertThat(row.owner()).isEqualTo("raycluster/demo");
    assertThat(row.nativeState()).isEqualTo(phase);
  }

  @Test
  void a_pod_that_is_being_deleted_is_terminating() {
    ObjectNode pod =
        yaml(
            "metadata: {name: p, deletionTimestamp: '2026-01-01T00:00:00Z'}\nstatus: {phase: Running}");

    assertThat(PodRow.of("id", pod, PodNote.of(pod), Instant.EPOCH).state())
        .isEqualTo(State.TERMINATING);
  }

  @Test
  void an_event_is_kept_by_what_it_is_about() {
    JsonNode event =
        yaml(
            """
            metadata: {name: e.1, namespace: n, uid: u}
            involvedObject: {kind: Pod, namespace: n, name: p}
            reason: FailedMount
            message: "no\\nvolume"
            type: Warning
            count: 3
            lastTimestamp: '2026-01-01T00:00:00Z'
            """);
    Row row = EventRow.of("id", event, "demo", Instant.EPOCH);

    assertThat(row.key().name()).isEqualTo("pod/p");
    assertThat(row.reason()).isEqualTo("FailedMount: no volume");
    assertThat(row.created()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(row.details()).isEqualTo("{\"count\":3}");
    assertThat(EventRow.at(yaml("series: {lastObservedTime: '2026-01-02T00:00:00Z'}")))
        .isEqualTo("2026-01-02T00:00:00Z");
    assertThat(EventRow.at(yaml("{reason: x}"))).isEqualTo(Instant.EPOCH);
  }

  @Test
  void secrets_are_taken_out_of_objects() {
    ObjectNode secret =
        yaml("kind: Secret\ndata: {a: b}\nstringData: {c: d}\nmetadata: {managedFields: [1]}");

    assertThat(Yaml.json(Stripped.of(secret))).isEqualTo("{\"kind\":\"Secret\",\"metadata\":{}}");
  }

  @Test
  void secrets_are_taken_out_of_what_an_object_holds_too() {
    ObjectNode wrapper =
        yaml(
            """
            kind: AppWrapper
            spec:
              components:
              - template: {kind: Secret, data: {a: canary}}
              - template: {kind: RayJob, spec: {entrypoint: x, runtimeEnvYAML: canary}}
              - template: {kind: Pod, spec: {containers: [{env: [{name: A, value: canary}]}]}}
            """);

    assertThat(Yaml.json(Stripped.of(wrapper)))
        .doesNotContain("canary")
        .contains("\"entrypoint\":\"x\"", "{\"name\":\"A\"}");
  }
}
