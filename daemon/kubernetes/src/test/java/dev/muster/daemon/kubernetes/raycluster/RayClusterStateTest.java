package dev.muster.daemon.kubernetes.raycluster;

import static dev.muster.daemon.kubernetes.Samples.only;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.kueue.WorkloadNote;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each row of the table of states, and every object that a real KubeRay left behind. */
class RayClusterStateTest {
  private static final Causes HEAD =
      new Causes("head pod h: ImagePullBackOff: no", "", 0, "Failed: w");
  private static final Causes WORKERS = new Causes("", "worker pod w: Unschedulable: no", 2, "");
  private static final Causes WARNING = new Causes("", "", 0, "FailedMount: no such volume");

  static ObjectNode sample(String name) {
    try (InputStream stream = RayClusterStateTest.class.getResourceAsStream("/samples/" + name)) {
      return (ObjectNode) Yaml.parse(stream.readAllBytes(), name);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static ObjectNode cluster(String yaml) {
    return (ObjectNode) Yaml.parse(yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8), "test");
  }

  private static RayClusterState state(JsonNode cluster) {
    return RayClusterState.of(cluster, Causes.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          raycluster-1-failed-create-pod.yaml | STARTING | false | FailedCreateHeadPod: pods "demo-head-" is forbidden: error looking up service account demo/default: serviceaccount "default" not found
          raycluster-2-pods-pending-no-kubelet.yaml | STARTING | false | waiting for the head pod to be ready
          raycluster-3-ready.yaml | READY | true | ''
          raycluster-4-suspended.yaml | SUSPENDED | false | suspended by its "suspend" field
          raycluster-5-node-lost-state-still-ready.yaml | STARTING | false | waiting for the head pod to be ready
          raycluster-6-queued.yaml | READY | true | ''
          """)
  void what_a_real_server_wrote(String file, State state, boolean ready, String reason) {
    assertThat(state(sample(file))).isEqualTo(new RayClusterState(state, ready, reason));
  }

  @Test
  void without_any_status_it_is_starting() {
    assertThat(state(cluster("metadata: {name: a}\nspec: {}")))
        .isEqualTo(new RayClusterState(State.STARTING, false, "waiting for its pods"));
  }

  @ParameterizedTest
  @CsvSource({
    "ready,READY,true",
    "suspended,SUSPENDED,false",
    "failed,FAILED,false",
    "unhealthy,FAILED,false",
    "somethingnew,UNKNOWN,false"
  })
  void an_older_server_has_only_a_word(String word, State state, boolean ready) {
    RayClusterState found = state(cluster("metadata: {name: a}\nstatus: {state: " + word + "}"));

    assertThat(found.state()).isEqualTo(state);
    assertThat(found.ready()).isEqualTo(ready);
  }

  @Test
  void an_older_server_gives_its_reason() {
    assertThat(
            state(cluster("metadata: {name: a}\nstatus: {state: failed, reason: 'no quota'}"))
                .reason())
        .isEqualTo("no quota");
  }

  @Test
  void what_is_being_deleted_is_terminating() {
    assertThat(
            state(
                cluster(
                    "metadata: {name: a, deletionTimestamp: '2026-11-21T10:00:00Z', finalizers: [foregroundDeletion]}\n"
                        + "status: {state: ready}")))
        .isEqualTo(new RayClusterState(State.TERMINATING, false, "being deleted, after its pods"));
    assertThat(
            state(cluster("metadata: {deletionTimestamp: x, finalizers: [ray.io/gcs-ft]}"))
                .reason())
        .isEqualTo("being deleted; waiting for ray.io/gcs-ft");
    assertThat(state(cluster("metadata: {deletionTimestamp: x}")).reason())
        .isEqualTo("being deleted");
  }

  @Test
  void a_suspended_cluster_with_a_queue_waits_in_it() {
    ObjectNode cluster = sample("raycluster-4-suspended.yaml");
    cluster
        .withObjectProperty("metadata")
        .withObjectProperty("labels")
        .put("kueue.x-k8s.io/queue-name", "lq");

    assertThat(state(cluster))
        .isEqualTo(
            new RayClusterState(State.QUEUED, false, "waiting for quota in the local queue lq"));
  }

  /** As KubeRay 1.5 has it on its way into a queue: it never had a pod. */
  @ParameterizedTest
  @CsvSource({"true, QUEUED", "false, STARTING"})
  void a_new_cluster_in_a_queue_has_no_pods_that_could_be_deleted(boolean suspend, State wanted) {
    ObjectNode cluster =
        cluster(
            "metadata: {labels: {kueue.x-k8s.io/queue-name: lq}}\n"
                + "spec: {suspend: "
                + suspend
                + "}\n"
                + "status: {state: suspended, conditions: ["
                + "{type: HeadPodReady, status: 'False', reason: HeadPodNotFound},"
                + "{type: RayClusterSuspended, status: 'False'},"
                + "{type: RayClusterSuspending, status: 'True'}]}");

    assertThat(state(cluster).state()).isEqualTo(wanted);
  }

  @Test
  void a_queued_cluster_that_no_operator_has_seen_is_queued() {
    assertThat(
            state(
                    cluster(
                        "metadata: {labels: {kueue.x-k8s.io/queue-name: lq}}\nspec: {suspend: true}"))
                .state())
        .isEqualTo(State.QUEUED);
  }

  @ParameterizedTest
  @CsvSource({
    "raycluster-4-suspended.yaml, true, SUSPENDED",
    "raycluster-3-ready.yaml, true, SUSPENDING",
    "raycluster-3-ready.yaml, false, SUSPENDING"
  })
  void a_cluster_whose_workload_is_deactivated_is_suspended(
      String file, boolean suspend, State wanted) {
    ObjectNode cluster = sample(file);
    cluster.withObject("/metadata/labels").put("kueue.x-k8s.io/queue-name", "lq");
    cluster.withObject("/spec").put("suspend", suspend);
    ObjectNode workload = only("workload-pending.yaml");
    ((ObjectNode) workload.path("spec")).put("active", false);
    Above above = new Above(Optional.empty(), WorkloadNote.of(workload), "the queue is stopped");

    RayClusterState state = RayClusterState.of(cluster, Causes.NONE, above);

    assertThat(state.state()).isEqualTo(wanted);
    assertThat(state.reason()).startsWith("suspended through its Workload");
  }

  @Test
  void a_cluster_that_was_told_to_suspend_is_suspending_until_it_has() {
    ObjectNode cluster = sample("raycluster-3-ready.yaml");
    cluster.withObjectProperty("spec").put("suspend", true);

    assertThat(state(cluster).state()).isEqualTo(State.SUSPENDING);
  }

  @Test
  void a_resumed_cluster_is_starting_although_its_word_is_suspended() {
    ObjectNode cluster = sample("raycluster-4-suspended.yaml");
    cluster.withObjectProperty("spec").put("suspend", false);

    assertThat(state(cluster))
        .isEqualTo(new RayClusterState(State.STARTING, false, "resuming after it was suspended"));
  }

  @Test
  void the_condition_of_suspending_is_enough() {
    ObjectNode cluster = sample("raycluster-3-ready.yaml");
    set(cluster, "RayClusterSuspending", "True");

    assertThat(state(cluster).state()).isEqualTo(State.SUSPENDING);
  }

  @Test
  void too_few_workers_are_counted_and_explained() {
    ObjectNode cluster = sample("raycluster-3-ready.yaml");
    cluster.withObjectProperty("status").put("availableWorkerReplicas", 1);

    assertThat(state(cluster))
        .isEqualTo(new RayClusterState(State.STARTING, false, "1 of 2 workers available"));
    assertThat(RayClusterState.of(cluster, WORKERS).reason())
        .isEqualTo(
            "1 of 2 workers available; worker pod w: Unschedulable: no (and 2 more workers)");
    assertThat(RayClusterState.of(cluster, WARNING).reason())
        .isEqualTo("1 of 2 workers available; FailedMount: no such volume");
  }

  @Test
  void a_status_about_an_older_spec_does_not_make_it_ready() {
    ObjectNode cluster = sample("raycluster-3-ready.yaml");
    cluster.withObjectProperty("metadata").put("generation", 2);
    ((ObjectNode) cluster.path("spec").path("workerGroupSpecs").path(0))
        .put("replicas", 5)
        .put("maxReplicas", 5);

    assertThat(state(cluster))
        .isEqualTo(new RayClusterState(State.STARTING, false, "2 of 5 workers available"));
  }

  @Test
  void the_head_pods_problem_comes_before_everything() {
    assertThat(
            RayClusterState.of(sample("raycluster-2-pods-pending-no-kubelet.yaml"), HEAD).reason())
        .isEqualTo("head pod h: ImagePullBackOff: no");
    assertThat(
            RayClusterState.of(sample("raycluster-2-pods-pending-no-kubelet.yaml"), WARNING)
                .reason())
        .isEqualTo("FailedMount: no such volume");
    assertThat(RayClusterState.of(sample("raycluster-3-ready.yaml"), HEAD).reason()).isEmpty();
  }

  @Test
  void a_condition_that_names_its_cause_wins_over_a_warning() {
    assertThat(RayClusterState.of(sample("raycluster-1-failed-create-pod.yaml"), WARNING).reason())
        .startsWith("FailedCreateHeadPod: ");
  }

  @Test
  void a_row_has_the_columns_of_its_kind() {
    Row row =
        RayClusterRow.of(
            "id",
            sample("raycluster-3-ready.yaml"),
            Causes.NONE,
            Instant.parse("2026-11-21T11:00:00Z"));

    assertThat(row.cells().split("\t", -1))
        .hasSize(RayClusterRow.COLUMNS.columns().size())
        .containsExactly(
            "demo",
            "demo",
            "READY",
            "yes",
            "2",
            "2",
            "3",
            "0",
            "0",
            "6Gi",
            "RayClusterProvisioned",
            "ready",
            "");
    assertThat(row.created()).isEqualTo("2026-11-21T10:54:23Z");
    assertThat(row.changed()).isEqualTo("2026-11-21T10:57:13Z");
    assertThat(row.nativeState()).isEqualTo("ready");
    assertThat(row.object()).doesNotContain("last-applied-configuration");
  }

  @Test
  void details_are_the_documented_record() {
    JsonNode details = Details.of(sample("raycluster-3-ready.yaml"), Above.NOTHING);

    assertThat(Yaml.json(details))
        .startsWith(
            "{\"workers\":{\"desired\":2,\"available\":2,\"ready\":2,\"min\":2,\"max\":2},"
                + "\"requested\":{\"cpu\":\"3\",\"memory\":\"6Gi\",\"gpu\":\"0\",\"tpu\":\"0\"},"
                + "\"limits\":{\"cpu\":\"3\",\"memory\":\"6Gi\",\"gpu\":\"0\",\"tpu\":\"0\"},"
                + "\"head\":{\"pod\":\"demo-head-9z2gw\",\"podIP\":\"10.244.0.0\",\"service\":\"demo-head-svc\",\"serviceIP\":\"10.244.0.0\","
                + "\"cpu\":\"1\",\"memory\":\"2Gi\",\"gpu\":\"0\"},"
                + "\"worker\":{\"cpu\":\"1\",\"memory\":\"2Gi\",\"gpu\":\"0\"},"
                + "\"groups\":[{\"name\":\"small-group-demo\",\"replicas\":2,\"cpu\":\"1\",\"memory\":\"2Gi\",\"gpu\":\"0\"}],"
                + "\"endpoints\":{\"client\":\"10001\"");
    assertThat(details.path("uri").asText()).isEqualTo("ray://demo-head-svc.demo.svc:10001");
    assertThat(details.path("image").asText()).isEqualTo("quay.io/modh/ray:2.47.1-py311-cu121");
    assertThat(details.path("conditions")).hasSize(4);
  }

  @Test
  void requests_and_limits_of_a_pod_are_a_range() {
    JsonNode details =
        Details.of(
            cluster(
                """
                spec:
                  headGroupSpec:
                    template:
                      spec:
                        containers:
                        - resources: {requests: {cpu: 1, memory: 3G}, limits: {memory: 6G}}
                  workerGroupSpecs:
                  - groupName: gpu
                    replicas: 2
                    template:
                      spec:
                        containers:
                        - resources: {requests: {cpu: 1}, limits: {cpu: 2, memory: 8G, nvidia.com/gpu: 1}}
                  - groupName: resting
                    suspend: true
                    replicas: 3
                    template: {spec: {containers: [{resources: {limits: {nvidia.com/gpu: 4}}}]}}
                """),
            Above.NOTHING);

    assertThat(Yaml.json(details.path("limits")))
        .as("nothing limits the CPUs of the head")
        .isEqualTo("{\"cpu\":\"\",\"memory\":\"22G\",\"gpu\":\"2\",\"tpu\":\"0\"}");
    assertThat(details.path("head").path("cpu").asText()).isEqualTo("1~");
    assertThat(details.path("head").path("memory").asText()).isEqualTo("3G~6G");
    assertThat(Yaml.json(details.path("worker")))
        .isEqualTo("{\"cpu\":\"1~2\",\"memory\":\"8G\",\"gpu\":\"1\"}");
    assertThat(details.path("groups").findValuesAsText("gpu")).containsExactly("1", "4");
  }

  @Test
  void a_head_without_workers_and_status_is_described_too() {
    ObjectNode cluster =
        cluster(
            """
            metadata: {name: a, namespace: n, creationTimestamp: '2026-11-21T10:00:00Z',
              ownerReferences: [{kind: RayJob, name: j, controller: true}], labels: {b: c, a: b}}
            spec:
              headGroupSpec:
                template:
                  spec:
                    containers:
                    - image: i
                      env: [{name: A, value: secret}]
                      resources: {limits: {cpu: 1500m, memory: 1G, nvidia.com/gpu: 2}, requests: {memory: 512Mi}}
            """);
    Row row = RayClusterRow.of("id", cluster, Causes.NONE, Instant.EPOCH);

    assertThat(row.cells())
        .isEqualTo("a\tn\tSTARTING\tno\t0\t0\t1500m\t2\t0\t512Mi\t\t\twaiting for its pods");
    assertThat(row.owner()).isEqualTo("RayJob/j");
    assertThat(row.labels()).isEqualTo("a=b\nb=c");
    assertThat(row.changed()).isEqualTo("2026-11-21T10:00:00Z");
    assertThat(row.object()).doesNotContain("secret");
    assertThat(row.details()).contains("ray://a-head-svc.n.svc:10001");
  }

  @Test
  void a_row_can_be_made_anew_from_itself() {
    Row row =
        RayClusterRow.of(
            "id", sample("raycluster-2-pods-pending-no-kubelet.yaml"), Causes.NONE, Instant.EPOCH);

    assertThat(again(row, Causes.NONE)).isEqualTo(row);
    assertThat(again(row, HEAD).reason()).isEqualTo(HEAD.head());
  }

  @Test
  void groups_count_hosts_and_limits_and_those_that_are_suspended_not_at_all() {
    Workers workers =
        Workers.of(
            cluster(
                """
                spec:
                  workerGroupSpecs:
                  - {replicas: 1, minReplicas: 2, maxReplicas: 4, numOfHosts: 2}
                  - {replicas: 9, minReplicas: 0, maxReplicas: 3}
                  - {replicas: 5, suspend: true}
                """));

    assertThat(workers).isEqualTo(new Workers(7, 0, 0, 4, 11));
  }

  private static void set(ObjectNode cluster, String type, String status) {
    for (JsonNode condition : cluster.path("status").path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        ((ObjectNode) condition).put("status", status);
      }
    }
  }

  private static Row again(Row row, Causes causes) {
    return RayClusterRow.of(
        row.key().identity(), RayClusterRow.object(row), causes, row.observed());
  }
}
