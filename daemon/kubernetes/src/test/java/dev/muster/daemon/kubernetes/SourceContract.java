package dev.muster.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Changing.Definition;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.core.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must hold on the stand-in and on a real server alike. */
abstract class SourceContract {
  static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path directory;

  Rig rig;
  Caller admin;
  String namespace;
  Target here;

  /** The kubeconfig of a user who may do everything. */
  abstract Path kubeconfig();

  /** The kubeconfig of one who may only read. */
  abstract Path viewer();

  /** A namespace of this test alone. */
  abstract String newNamespace();

  @BeforeEach
  void open() {
    rig = new Rig(directory);
    admin = rig.caller(kubeconfig());
    namespace = newNamespace();
    here = Rig.in(namespace);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  Row create(String name, String... workers) {
    return create(name, Map.of("num-workers", List.of(workers.length == 0 ? "1" : workers[0])));
  }

  Row create(String name, Map<String, List<String>> settings) {
    return rig.source.create(admin, here, "raycluster", yaml(name, settings), "test", false);
  }

  /** By itself: not every server has AppWrappers. */
  String yaml(String name, Map<String, List<String>> settings) {
    Definition definition =
        rig.source.define(admin, Target.DEFAULT, "raycluster", name, Rig.bare(settings), "");
    return definition.yaml();
  }

  State state(String name) {
    return rig.row(admin, namespace, name).map(Row::state).orElse(null);
  }

  Failure failing(Runnable operation) {
    return catchThrowableOfType(Failure.class, operation::run);
  }

  @Test
  void a_first_list_makes_the_kind_live() {
    Observation observation = rig.watched(admin, here);

    assertThat(observation.reason()).isEmpty();
    assertThat(observation.live()).isTrue();
    assertThat(observation.at()).isNotNull();
  }

  @Test
  void a_created_cluster_is_in_the_cache_when_create_returns() {
    Row row = create("mine");

    assertThat(row.key().namespace()).isEqualTo(namespace);
    assertThat(row.state()).isEqualTo(State.STARTING);
    assertThat(rig.row(admin, namespace, "mine")).map(Row::uid).contains(row.uid());
  }

  @Test
  void a_cluster_becomes_ready_and_its_pods_are_known() {
    rig.watched(admin, here);
    create("demo", "2");

    await().atMost(LONG).until(() -> state("demo") == State.READY);
    Row row = rig.row(admin, namespace, "demo").orElseThrow();

    assertThat(row.ready()).isTrue();
    assertThat(row.reason()).isEmpty();
    assertThat(row.cells()).startsWith("demo\t" + namespace + "\tREADY\tyes\t2\t2\t");
    assertThat(row.details())
        .contains("\"uri\":\"ray://demo-head-svc." + namespace + ".svc:10001\"");
    await().atMost(LONG).until(() -> rig.names(admin, "pod", namespace).size() == 3);
  }

  @Test
  void a_deleted_cluster_is_gone_with_its_pods() {
    rig.watched(admin, here);
    create("demo");
    await().atMost(LONG).until(() -> state("demo") == State.READY);

    Row before = rig.source.delete(admin, here, "raycluster", "demo", false);

    assertThat(before.state()).isEqualTo(State.READY);
    await().atMost(LONG).until(() -> rig.row(admin, namespace, "demo").isEmpty());
    await().atMost(LONG).until(() -> rig.names(admin, "pod", namespace).isEmpty());
    assertThat(failing(() -> rig.source.delete(admin, here, "raycluster", "demo", false)))
        .hasMessage("There is no RayCluster demo in the namespace " + namespace + ".")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.NOT_FOUND);
  }

  @Test
  void what_others_create_and_delete_is_seen_too() {
    try (Rig other = new Rig(directory.resolve("other"))) {
      rig.watched(admin, here);
      other.source.create(admin, here, "raycluster", yaml("theirs", Map.of()), "test", false);
      await().atMost(LONG).until(() -> rig.row(admin, namespace, "theirs").isPresent());

      other.source.delete(admin, here, "raycluster", "theirs", false);
      await().atMost(LONG).until(() -> rig.row(admin, namespace, "theirs").isEmpty());
    }
  }

  @Test
  void rows_that_a_first_list_does_not_confirm_are_gone() {
    create("kept");
    create("lost");
    try (Rig other = new Rig(directory.resolve("other"))) {
      other.source.delete(admin, here, "raycluster", "lost", false);
      await()
          .atMost(LONG)
          .until(
              () -> failing(() -> other.source.getLive(admin, here, "raycluster", "lost")) != null);
    }
    assertThat(rig.names(admin, "raycluster", namespace)).containsExactly("kept", "lost");

    assertThat(rig.watched(admin, here).live()).isTrue();

    assertThat(rig.names(admin, "raycluster", namespace)).containsExactly("kept");
  }

  @Test
  void a_second_cluster_of_that_name_is_refused() {
    create("demo");

    assertThat(failing(() -> create("demo")))
        .hasMessage("There is a RayCluster demo in the namespace " + namespace + " already.")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.EXISTS);
  }

  @Test
  void a_dry_run_creates_nothing() {
    Row row = rig.source.create(admin, here, "raycluster", yaml("dry", Map.of()), "test", true);

    assertThat(row.key().name()).isEqualTo("dry");
    assertThat(rig.row(admin, namespace, "dry")).isEmpty();
    assertThat(rig.source.listLive(admin, here, "raycluster")).isEmpty();
  }

  @Test
  void what_muster_wrote_in_another_way_is_no_conflict_when_it_applies() {
    create("demo");
    rig.source.patch(
        admin, here, "raycluster", "demo", "{\"spec\":{\"rayVersion\":\"2.8.0\"}}", "merge", false);

    Row applied =
        rig.source.apply(
            admin,
            here,
            "raycluster",
            yaml("demo", Map.of("num-workers", List.of("2"), "ray-version", List.of("2.9.1"))),
            "test",
            false,
            false);

    assertThat(applied.object()).contains("\"replicas\":2", "\"rayVersion\":\"2.9.1\"");
  }

  @Test
  void what_others_applied_is_a_conflict_until_it_is_taken_over() {
    create("demo");
    try (Raw other = new Raw(rig, kubeconfig())) {
      other.apply(
          "/apis/ray.io/v1/namespaces/"
              + namespace
              + "/rayclusters/demo?fieldManager=other&force=true",
          "{apiVersion: ray.io/v1, kind: RayCluster, metadata: {name: demo}, spec: {rayVersion:"
              + " 2.9.1}}");
    }
    String wanted = yaml("demo", Map.of("ray-version", List.of("2.9.2")));

    Failure conflict =
        failing(() -> rig.source.apply(admin, here, "raycluster", wanted, "test", false, false));
    assertThat(conflict)
        .hasMessageContaining("others set these fields: .spec.rayVersion (other);")
        .hasMessageContaining("--force-conflicts");

    Row taken = rig.source.apply(admin, here, "raycluster", wanted, "test", true, false);
    assertThat(taken.object()).contains("\"rayVersion\":\"2.9.2\"");
  }

  @Test
  void a_dry_run_deletes_nothing() {
    create("demo");

    rig.source.delete(admin, here, "raycluster", "demo", true);

    assertThat(rig.source.getLive(admin, here, "raycluster", "demo").state())
        .isNotEqualTo(State.TERMINATING);
  }

  @Test
  void live_reads_answer_what_the_server_has() {
    create("one");
    create("two");

    assertThat(rig.source.listLive(admin, here, "raycluster"))
        .extracting(row -> row.key().name())
        .containsExactly("one", "two");
    assertThat(rig.source.manifest(admin, here, "raycluster", "one"))
        .contains("kind: RayCluster", "name: RAY_USAGE_STATS_ENABLED", "value: \"0\"")
        .doesNotContain("managedFields");
    assertThat(failing(() -> rig.source.getLive(admin, here, "raycluster", "three")))
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.NOT_FOUND);
  }

  @Test
  void values_of_environment_variables_are_not_kept() {
    rig.watched(admin, here);
    create("secretive", Map.of("envs", List.of("PASSWORD=canary-7f3a")));
    Row row = rig.row(admin, namespace, "secretive").orElseThrow();

    assertThat(row.object()).contains("PASSWORD").doesNotContain("canary-7f3a", "managedFields");
    assertThat(row.details()).doesNotContain("canary-7f3a");
  }

  @Test
  void a_field_that_the_server_does_not_know_is_named() {
    String yaml = yaml("odd", Map.of()).replace("  rayVersion:", "  rayVerzion: x\n  rayVersion:");

    assertThat(failing(() -> rig.source.create(admin, here, "raycluster", yaml, "odd.yaml", false)))
        .hasMessageContaining("rayVerzion")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.USAGE);
  }

  @Test
  void a_value_that_the_schema_forbids_is_named() {
    String yaml = yaml("odd", Map.of()).replace("replicas: 1", "replicas: many");

    assertThat(failing(() -> rig.source.create(admin, here, "raycluster", yaml, "odd.yaml", false)))
        .hasMessageContaining("replicas")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.USAGE);
  }

  @Test
  void a_namespace_that_is_not_there_is_said_to_be_so() {
    Target nowhere = Rig.in("nowhere-at-all");

    assertThat(
            failing(
                () ->
                    rig.source.create(
                        admin, nowhere, "raycluster", yaml("demo", Map.of()), "test", false)))
        .hasMessageContaining("nowhere-at-all")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.NOT_FOUND);
  }

  @Test
  void somebody_who_may_only_read_reads_but_creates_nothing() {
    create("demo");
    Caller reader = rig.caller(viewer());

    assertThat(
            failing(
                () ->
                    rig.source.create(
                        reader, here, "raycluster", yaml("mine", Map.of()), "test", false)))
        .hasMessageContaining(
            "You may not create the RayCluster mine in the namespace " + namespace)
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.FORBIDDEN);
  }

  @Test
  void two_users_never_see_each_others_rows() {
    Caller reader = rig.caller(viewer());

    assertThat(rig.source.resolve(admin, here).identity())
        .isNotEqualTo(rig.source.resolve(reader, here).identity())
        .matches("[0-9a-f]{32}");
  }

  @Test
  void clearing_the_cache_reads_everything_anew() {
    rig.watched(admin, here);
    create("demo");

    rig.source.relist(rig.cache::clear);

    assertThat(rig.watched(admin, here).live()).isTrue();
    assertThat(rig.row(admin, namespace, "demo")).isPresent();
  }
}
