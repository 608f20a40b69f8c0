package dev.muster.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Changing.Added;
import dev.muster.daemon.core.Changing.NewGroup;
import dev.muster.daemon.core.Explanation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.core.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What must hold of AppWrappers and queues on the stand-in and on a real server alike: a queue
 * "main" with 8 CPUs in a namespace of its own.
 */
@Tag("queues")
abstract class WrappedContract {
  static final Duration LONG = Duration.ofSeconds(150);

  @TempDir Path directory;

  Rig rig;
  Caller admin;

  /** Somebody who uses clusters and may see their queues. */
  Caller alice;

  String namespace;
  Target here;

  /** Somebody's who may do everything. */
  abstract Path kubeconfig();

  abstract Path alice();

  abstract String newNamespace();

  @BeforeEach
  void open() {
    rig = new Rig(directory);
    admin = rig.caller(kubeconfig());
    alice = rig.caller(alice());
    namespace = newNamespace();
    here = Rig.in(namespace);
    make("resourceflavor", "{kind: ResourceFlavor, metadata: {name: NS}, spec: {}}");
    make(
        "clusterqueue",
        "{kind: ClusterQueue, metadata: {name: NS}, spec: {namespaceSelector: {}, resourceGroups:"
            + " [{coveredResources: [cpu, memory], flavors: [{name: NS, resources: [{name: cpu,"
            + " nominalQuota: 8}, {name: memory, nominalQuota: 32Gi}]}]}]}}");
    make("localqueue", "{kind: LocalQueue, metadata: {name: main}, spec: {clusterQueue: NS}}");
    assertThat(rig.watched(alice, here).reason()).isEmpty();
  }

  @AfterEach
  void close() {
    for (Row row : rig.source.listLive(admin, here, "appwrapper")) {
      rig.source.delete(admin, here, "appwrapper", row.key().name(), false);
    }
    rig.source.delete(admin, here, "clusterqueue", namespace, false);
    rig.source.delete(admin, here, "resourceflavor", namespace, false);
    rig.close();
  }

  private void make(String kind, String yaml) {
    String text =
        yaml.replace("NS", namespace).replace("{kind", "{apiVersion: kueue.x-k8s.io/v1beta1, kind");
    rig.source.create(admin, here, kind, text, "a test", false);
  }

  /** A head and one worker, each with so many CPUs. */
  static String cluster(String name, int cpus) {
    String pod =
        "{spec: {containers: [{name: ray, image: 'rayproject/ray:2.52.0', resources: {requests:"
            + " {cpu: "
            + cpus
            + ", memory: 1Gi}, limits: {cpu: "
            + cpus
            + ", memory: 1Gi}}}]}}";
    return "{apiVersion: ray.io/v1, kind: RayCluster, metadata: {name: "
        + name
        + "}, spec: {rayVersion: 2.52.0, headGroupSpec: {rayStartParams: {}, template: "
        + pod
        + "}, workerGroupSpecs: [{groupName: workers, replicas: 1, minReplicas: 1, maxReplicas: 3,"
        + " rayStartParams: {}, template: "
        + pod
        + "}]}}";
  }

  private static String wrapped(String name, int cpus, String queue) {
    String labels = queue.isEmpty() ? "" : ", labels: {kueue.x-k8s.io/queue-name: " + queue + "}";
    return "{apiVersion: workload.codeflare.dev/v1beta2, kind: AppWrapper, metadata: {name: "
        + name
        + labels
        + "}, spec: {components: [{template: "
        + cluster(name, cpus)
        + "}]}}";
  }

  private Row create(String name, int cpus, String queue) {
    return rig.source.create(
        alice, here, "raycluster", wrapped(name, cpus, queue), "a test", false);
  }

  private State state(String kind, String name) {
    return rig.row(alice, kind, namespace, name).map(Row::state).orElse(null);
  }

  private void becomes(String name, State state) {
    await().atMost(LONG).until(() -> state("raycluster", name) == state);
  }

  private Failure failing(Runnable operation) {
    return catchThrowableOfType(Failure.class, operation::run);
  }

  @Test
  void beside_a_wrapper_that_is_going_to_make_it_no_cluster_of_that_name_is_made() {
    create("large", 100, "main");
    becomes("large", State.QUEUED);

    Failure refused =
        failing(
            () ->
                rig.source.create(alice, here, "raycluster", cluster("large", 1), "a test", false));
    assertThat(refused.kind()).isEqualTo(Failure.Kind.EXISTS);
    assertThat(refused)
        .hasMessageStartingWith("There is an AppWrapper large in the namespace " + namespace);
  }

  @Test
  void what_a_webhook_refuses_is_said_in_its_words() {
    Failure refused =
        failing(
            () ->
                rig.source.create(
                    alice,
                    here,
                    "appwrapper",
                    wrapped("demo", 1, "")
                        .replace(
                            "kind: RayCluster, metadata: {",
                            "kind: RayCluster, metadata: {namespace: other, "),
                    "a test",
                    false));
    assertThat(refused.kind()).isNotEqualTo(Failure.Kind.NO_ANSWER);
    assertThat(refused)
        .hasMessageContaining("AppWrappers cannot create objects in other namespaces");
  }

  @Test
  void a_wrapped_cluster_has_a_row_at_once_and_keeps_it_until_it_is_ready() {
    Row created = create("demo", 1, "");

    assertThat(created.owner()).isEqualTo("AppWrapper/demo");
    assertThat(created.key().kind()).isEqualTo("raycluster");
    becomes("demo", State.READY);
    Row ready = rig.row(alice, namespace, "demo").orElseThrow();
    assertThat(ready.uid()).isEqualTo(created.uid());
    assertThat(ready.details()).contains("\"appWrapper\":\"demo\"", "\"exists\":true");
    await().atMost(LONG).until(() -> state("appwrapper", "demo") == State.READY);
    assertThat(rig.source.getLive(alice, here, "raycluster", "demo").state())
        .isEqualTo(State.READY);
    assertThat(rig.source.explain(alice, here, "raycluster", "demo").sentence())
        .isEqualTo("RayCluster demo is READY, as it should be.");
  }

  @Test
  void a_full_quota_is_said_with_the_place_in_line_and_ends_when_there_is_room() {
    create("first", 3, "main");
    becomes("first", State.READY);
    create("second", 2, "main");
    create("third", 2, "main");
    await()
        .atMost(LONG)
        .until(
            () -> rig.row(alice, namespace, "third").orElseThrow().reason().startsWith("needs "));

    assertThat(state("raycluster", "second")).isEqualTo(State.QUEUED);
    assertThat(state("appwrapper", "third")).isEqualTo(State.QUEUED);
    Explanation why = rig.source.explain(alice, here, "raycluster", "third");
    assertThat(why.sentence())
        .isEqualTo(
            "RayCluster third is QUEUED: needs 2 CPUs more than main has left; about 2nd of 2 in"
                + " line.");
    assertThat(why.causes().getFirst()).contains("insufficient unused quota for cpu");
    assertThat(why.advice()).startsWith("Wait until others");
    assertThat(rig.source.listLive(alice, here, "raycluster"))
        .extracting(row -> row.key().name() + " " + row.state())
        .containsExactly("first READY", "second QUEUED", "third QUEUED");

    rig.source.delete(alice, here, "raycluster", "first", false);

    becomes("second", State.READY);
    becomes("third", State.READY);
  }

  @Test
  void a_queue_that_is_not_there_is_said() {
    create("lost", 1, "nosuchqueue");
    await()
        .atMost(LONG)
        .until(
            () ->
                rig.row(alice, namespace, "lost")
                    .orElseThrow()
                    .reason()
                    .equals("the local queue nosuchqueue does not exist"));

    assertThat(rig.source.explain(alice, here, "raycluster", "lost").advice())
        .contains("muster list localqueue");
  }

  @Test
  void a_queue_that_is_stopped_is_said_also_where_nobody_looked_at_queues() {
    make(
        "localqueue",
        "{kind: LocalQueue, metadata: {name: held}, spec: {clusterQueue: NS, stopPolicy: Hold}}");
    create("held-up", 1, "held");
    await()
        .atMost(LONG)
        .until(
            () ->
                rig.row(alice, namespace, "held-up")
                    .orElseThrow()
                    .reason()
                    .equals("the local queue held: stopped (stopPolicy Hold)"));
  }

  @Test
  void deleting_a_wrapped_cluster_deletes_what_wraps_it() {
    create("demo", 1, "");
    becomes("demo", State.READY);

    Row before = rig.source.delete(alice, here, "raycluster", "demo", false);

    assertThat(before.state()).isEqualTo(State.READY);
    await().atMost(LONG).until(() -> rig.row(alice, namespace, "demo").isEmpty());
    await().atMost(LONG).until(() -> state("appwrapper", "demo") == null);
    assertThat(failing(() -> rig.source.delete(alice, here, "raycluster", "demo", false)))
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.NOT_FOUND);
  }

  @Test
  void a_queued_cluster_can_be_looked_at_and_deleted_before_it_exists() {
    create("big", 5, "main");
    await()
        .atMost(LONG)
        .until(() -> rig.row(alice, namespace, "big").orElseThrow().reason().contains("never"));

    assertThat(rig.source.getLive(alice, here, "raycluster", "big").state())
        .isEqualTo(State.QUEUED);
    assertThat(failing(() -> rig.source.manifest(alice, here, "raycluster", "big")))
        .hasMessageContaining("only the AppWrapper big that wraps it");
    assertThat(failing(() -> create("big", 1, "main")))
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.EXISTS);

    rig.source.delete(alice, here, "raycluster", "big", false);
    await().atMost(LONG).until(() -> rig.row(alice, namespace, "big").isEmpty());
  }

  @Test
  void what_is_there_by_itself_is_not_wrapped_as_well() {
    rig.source.create(alice, here, "raycluster", cluster("demo", 1), "a test", false);
    String sentence =
        "There is a RayCluster demo in the namespace "
            + namespace
            + " already, which no AppWrapper wraps.";

    assertThat(failing(() -> create("demo", 1, "")))
        .hasMessage(sentence)
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.EXISTS);
    assertThat(
            failing(
                () ->
                    rig.source.apply(
                        admin, here, "appwrapper", wrapped("demo", 1, ""), "a test", false, false)))
        .hasMessage(sentence);
    assertThat(rig.source.listLive(alice, here, "appwrapper")).isEmpty();
    rig.source.delete(alice, here, "raycluster", "demo", false);
  }

  @Test
  void suspended_by_a_user_it_says_so_and_goes_on_when_resumed() {
    create("demo", 1, "");
    becomes("demo", State.READY);

    rig.source.suspend(alice, here, "raycluster", "demo", true, false);
    becomes("demo", State.SUSPENDED);
    assertThat(rig.source.explain(alice, here, "raycluster", "demo").advice())
        .isEqualTo("Let it go on: muster resume.");

    rig.source.suspend(alice, here, "appwrapper", "demo", false, false);
    becomes("demo", State.READY);
  }

  @Test
  void suspended_in_a_queue_it_stays_so_while_others_have_its_quota() {
    create("first", 3, "main");
    becomes("first", State.READY);
    create("second", 3, "main");
    becomes("second", State.QUEUED);

    Row after = rig.source.suspend(alice, here, "raycluster", "first", true, false);
    assertThat(List.of(after.state(), state("raycluster", "first")))
        .isSubsetOf(State.SUSPENDING, State.SUSPENDED);
    becomes("second", State.READY);
    becomes("first", State.SUSPENDED);
    assertThat(rig.row(alice, namespace, "first").orElseThrow().reason())
        .isEqualTo(
            "suspended through its Workload (spec.active is false); muster resume lets it go on");
    assertThat(rig.source.explain(alice, here, "raycluster", "first").advice())
        .isEqualTo("Let it go on: muster resume.");

    rig.source.suspend(alice, here, "appwrapper", "first", false, false);
    becomes("first", State.QUEUED);
    rig.source.delete(alice, here, "raycluster", "second", false);
    becomes("first", State.READY);
  }

  @Test
  void a_bare_cluster_in_a_queue_is_suspended_through_its_workload() {
    rig.source.create(alice, here, "raycluster", queued("bare"), "a test", false);
    becomes("bare", State.READY);

    rig.source.suspend(alice, here, "raycluster", "bare", true, true);
    assertThat(state("raycluster", "bare")).isEqualTo(State.READY);
    rig.source.suspend(alice, here, "raycluster", "bare", true, false);
    assertThat(state("raycluster", "bare")).isIn(State.SUSPENDING, State.SUSPENDED);
    becomes("bare", State.SUSPENDED);
    assertThat(rig.source.listLive(alice, here, "queued")).isEmpty();

    rig.source.suspend(alice, here, "raycluster", "bare", false, false);
    becomes("bare", State.READY);
    rig.source.delete(alice, here, "raycluster", "bare", false);
    await().atMost(LONG).until(() -> rig.row(alice, namespace, "bare").isEmpty());
  }

  private static String queued(String name) {
    return cluster(name, 1)
        .replace(
            "{name: " + name + "}",
            "{name: " + name + ", labels: {kueue.x-k8s.io/queue-name: main}}");
  }

  @Test
  void a_bare_cluster_in_a_queue_is_queued_by_its_workload() {
    create("first", 4, "main");
    becomes("first", State.READY);
    rig.source.create(alice, here, "raycluster", queued("bare"), "a test", false);
    await()
        .atMost(LONG)
        .until(() -> rig.row(alice, namespace, "bare").orElseThrow().reason().startsWith("needs "));

    assertThat(rig.source.ensureWatched(alice, here, "queued", LONG).live()).isTrue();
    assertThat(rig.names(alice, "queued", namespace)).containsExactly("raycluster/bare");
    assertThat(rig.source.listLive(alice, here, "queued"))
        .extracting(row -> row.key().name())
        .containsExactly("raycluster/bare");

    rig.source.delete(alice, here, "raycluster", "first", false);
    becomes("bare", State.READY);
    await().atMost(LONG).until(() -> rig.names(alice, "queued", namespace).isEmpty());
    rig.source.delete(alice, here, "raycluster", "bare", false);
    await().atMost(LONG).until(() -> rig.row(alice, namespace, "bare").isEmpty());
  }

  @Test
  void worker_groups_and_nodes_are_views_of_clusters() {
    create("demo", 1, "");
    becomes("demo", State.READY);
    assertThat(rig.source.ensureWatched(alice, here, "workergroup", LONG).live()).isTrue();
    assertThat(rig.source.ensureWatched(alice, here, "node", LONG).live()).isTrue();

    assertThat(rig.names(alice, "workergroup", namespace)).containsExactly("demo/workers");
    assertThat(rig.names(alice, "node", namespace)).hasSize(2);
    assertThat(rig.source.getLive(alice, here, "workergroup", "demo/workers").cells())
        .startsWith("workers\t" + namespace + "\tdemo\t1\t1\t3\t1\t0\t0\t1Gi");
    assertThat(rig.source.listLive(alice, here, "node"))
        .allMatch(row -> row.cells().contains("\tdemo\t"));
    assertThat(failing(() -> rig.source.delete(alice, here, "node", "x", false)))
        .hasMessage("muster cannot delete a node by itself: it is part of a RayCluster.");
  }

  @Test
  void a_cluster_is_scaled_by_its_group() {
    rig.source.create(alice, here, "raycluster", cluster("free", 1), "a test", false);
    becomes("free", State.READY);

    Row dry = rig.source.scale(alice, here, "raycluster", "free", "", 2, null, null, true).row();
    assertThat(dry.details()).contains("\"workers\":{\"desired\":2");
    rig.source.scale(alice, here, "raycluster", "free", "workers", 2, 1, 4, false);

    await()
        .atMost(LONG)
        .until(
            () ->
                rig.row(alice, namespace, "free")
                    .orElseThrow()
                    .cells()
                    .contains("READY\tyes\t2\t2"));
    assertThat(
            failing(
                () ->
                    rig.source.scale(alice, here, "raycluster", "free", "", 9, null, null, false)))
        .hasMessage(
            "9 workers are not between the group's least, 1, and its most, 4; give --min or --max"
                + " with it.");
    assertThat(
            failing(
                () ->
                    rig.source.scale(alice, here, "raycluster", "free", "x", 1, null, null, false)))
        .hasMessage("The RayCluster free has no worker group x; it has: workers.");
    assertThat(
            failing(
                () ->
                    rig.source.scale(alice, here, "appwrapper", "free", "", 1, null, null, false)))
        .hasMessageStartingWith("An AppWrapper has one size");
    rig.source.delete(alice, here, "raycluster", "free", false);
  }

  @Test
  void a_cleaned_manifest_can_be_created_anew() {
    create("demo", 1, "main");
    becomes("demo", State.READY);
    String clean = rig.source.manifest(alice, here, "appwrapper", "demo", true);
    rig.source.delete(alice, here, "appwrapper", "demo", false);
    await().atMost(LONG).until(() -> rig.row(alice, namespace, "demo").isEmpty());

    assertThat(clean)
        .doesNotContain("uid:", "resourceVersion", "creationTimestamp", "generation:", "finalizers")
        .doesNotContain("status:", "suspend", "podSetInfos", "workload.codeflare.dev/user");
    rig.source.create(alice, here, "appwrapper", clean, "a test", false);
    becomes("demo", State.READY);
  }

  private static NewGroup group(String name, Integer replicas, Integer min, Integer max) {
    Map<String, List<String>> settings =
        Map.of(
            "worker-cpu-requests", List.of("1"),
            "worker-cpu-limits", List.of("1"),
            "worker-memory-requests", List.of("1Gi"),
            "worker-memory-limits", List.of("1Gi"));
    return new NewGroup(name, settings, replicas, min, max);
  }

  @Test
  void a_worker_group_is_added_to_a_cluster_that_is_there() {
    rig.source.create(alice, here, "raycluster", cluster("free", 1), "a test", false);
    becomes("free", State.READY);

    Added dry =
        rig.source.addWorkerGroup(
            admin, here, "raycluster", "free", group("more", 2, null, null), true);
    assertThat(dry.row().key().name()).isEqualTo("free/more");
    assertThat(dry.row().cells())
        .startsWith("more\t" + namespace + "\tfree\t2\t1\t10\t1\t0\t0\t1Gi");
    assertThat(rig.source.manifest(alice, here, "raycluster", "free")).doesNotContain("more");

    Added added =
        rig.source.addWorkerGroup(
            admin, here, "raycluster", "free", group("more", 2, null, null), false);
    assertThat(added.warnings()).isEmpty();
    await()
        .atMost(LONG)
        .until(
            () ->
                rig.row(alice, namespace, "free")
                    .orElseThrow()
                    .cells()
                    .contains("READY\tyes\t3\t3"));
    assertThat(rig.source.manifest(alice, here, "raycluster", "free"))
        .as("it has the image of the cluster, which the options did not name")
        .doesNotContain("image: quay.io");
    assertThat(
            failing(
                () ->
                    rig.source.addWorkerGroup(
                        admin, here, "raycluster", "free", group("more", 1, 1, 1), false)))
        .hasMessage(
            "The RayCluster free in the namespace "
                + namespace
                + " has a worker group more already.")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.EXISTS);
    rig.source.delete(alice, here, "raycluster", "free", false);
  }

  @Test
  void a_worker_group_of_a_wrapped_cluster_comes_with_a_warning() {
    create("demo", 1, "");
    becomes("demo", State.READY);

    Added added =
        rig.source.addWorkerGroup(
            admin, here, "raycluster", "demo", group("more", 0, null, null), false);

    assertThat(added.row().cells()).contains("\tdemo\t0\t0\t10\t");
    assertThat(added.warnings())
        .singleElement()
        .asString()
        .startsWith("The AppWrapper demo does not know of the group");
    create("big", 5, "main");
    await()
        .atMost(LONG)
        .until(() -> rig.row(alice, namespace, "big").orElseThrow().reason().contains("never"));
    assertThat(
            failing(
                () ->
                    rig.source.addWorkerGroup(
                        admin, here, "raycluster", "big", group("more", 1, 1, 1), false)))
        .hasMessageContaining("only the AppWrapper big that wraps it");
  }

  @Test
  void a_worker_group_that_cannot_be_is_refused_before_the_server_is_asked() {
    assertThat(failing(() -> add("raycluster", group("More", 1, 1, 1))))
        .hasMessageStartingWith("\"More\" ");
    assertThat(failing(() -> add("raycluster", group("more", 3, 4, null))))
        .hasMessage("A worker group cannot have 3 workers with 4 at least and 10 at most.");
    assertThat(failing(() -> add("appwrapper", group("more", 1, 1, 1))))
        .hasMessage("Only a RayCluster has worker groups, no AppWrapper.");
    assertThat(failing(() -> add("raycluster", group("more", 1, 1, 1))))
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.NOT_FOUND);
  }

  private void add(String kind, NewGroup group) {
    rig.source.addWorkerGroup(alice, here, kind, "nobody", group, false);
  }

  @Test
  void applying_changes_what_differs_and_names_who_owns_the_rest() {
    String yaml =
        wrapped("demo", 1, "")
            .replace(
                "{name: demo}, spec: {components",
                "{name: demo, annotations: {team: red}}, spec: {components");
    rig.source.apply(alice, here, "appwrapper", yaml, "a test", false, false);
    await().atMost(LONG).until(() -> state("appwrapper", "demo") == State.READY);
    assertThat(rig.source.diff(alice, here, "appwrapper", yaml, "a test")).isEmpty();

    String blue = yaml.replace("team: red", "team: blue");
    assertThat(rig.source.diff(alice, here, "appwrapper", blue, "a test"))
        .contains("--- appwrapper/demo on the server\n+++ appwrapper/demo after apply\n@@ ")
        .contains("\n-    team: red\n+    team: blue\n");
    rig.source.patch(
        alice,
        here,
        "appwrapper",
        "demo",
        "metadata: {annotations: {team: green}}",
        "merge",
        false);
    rig.source.apply(alice, here, "appwrapper", blue, "a test", true, false);

    JsonNode live = Yaml.fromJson(rig.source.getLive(alice, here, "appwrapper", "demo").object());
    assertThat(live.path("metadata").path("annotations").path("team").asText()).isEqualTo("blue");
  }

  @Test
  void an_edit_changes_what_was_edited_and_keeps_what_others_wrote_meanwhile() {
    rig.source.create(alice, here, "raycluster", cluster("free", 1), "a test", false);
    String shown = rig.source.manifest(alice, here, "raycluster", "free");
    rig.source.patch(
        alice, here, "raycluster", "free", "metadata: {labels: {theirs: kept}}", "merge", false);

    Row edited =
        rig.source.edit(alice, here, "raycluster", shown, shown.replace("2.52.0", "2.51.9"), false);

    assertThat(edited.key().name()).isEqualTo("free");
    assertThat(rig.source.manifest(alice, here, "raycluster", "free"))
        .contains("image: rayproject/ray:2.51.9")
        .contains("theirs: kept");
    assertThat(
            failing(
                () ->
                    rig.source.edit(
                        alice,
                        here,
                        "raycluster",
                        shown,
                        shown.replace("name: free", "name: other"),
                        false)))
        .hasMessageContaining("An edit cannot change the kind, the name or the namespace");
    rig.source.delete(alice, here, "raycluster", "free", false);
  }

  @Test
  void updating_replaces_the_whole_object() {
    rig.source.create(alice, here, "raycluster", cluster("free", 1), "a test", false);
    String yaml = rig.source.manifest(alice, here, "raycluster", "free");

    rig.source.update(alice, here, "raycluster", cluster("free", 2), "a test", false);

    assertThat(rig.source.manifest(alice, here, "raycluster", "free")).contains("cpu: 2");
    assertThat(failing(() -> rig.source.update(alice, here, "raycluster", yaml, "old.yaml", false)))
        .as("what has changed since is not overwritten")
        .hasMessageContaining("Cannot update the RayCluster free");
    rig.source.delete(alice, here, "raycluster", "free", false);
  }
}
