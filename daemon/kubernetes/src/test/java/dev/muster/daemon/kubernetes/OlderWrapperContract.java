package dev.muster.daemon.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Changing.Definition;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.core.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What must hold of servers that know an AppWrapper only in one of its two older shapes. Nobody
 * takes such a one up here: what its operator, MCAD, would write is written by the test.
 */
abstract class OlderWrapperContract {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path directory;

  /** Somebody's who may do everything. */
  abstract Path kubeconfig();

  abstract String newNamespace();

  /** Makes that the only group and version of AppWrappers. */
  abstract void serveOnly(String group, String version);

  @ParameterizedTest
  @CsvSource({"v1beta1, workload.codeflare.dev", "mcad, mcad.ibm.com"})
  void a_cluster_in_an_older_shape_is_defined_created_followed_and_deleted(
      String shape, String group) {
    serveOnly(group, "v1beta1");
    String namespace = newNamespace();
    Target here = Rig.in(namespace);
    try (Rig rig = new Rig(directory);
        Raw operator = new Raw(rig, kubeconfig())) {
      String path = "/apis/%s/v1beta1/namespaces/%s/appwrappers/demo".formatted(group, namespace);
      Caller caller = rig.caller(kubeconfig());
      assertThat(rig.watched(caller, here).reason()).isEmpty();
      Definition defined =
          rig.source.define(
              caller, here, "raycluster", "demo", Map.of("appwrapper-version", List.of(shape)), "");
      assertThat(defined.yaml()).contains("apiVersion: " + group + "/v1beta1", "GenericItems:");

      Row created = rig.source.create(caller, here, "raycluster", defined.yaml(), "a test", false);
      assertThat(created.owner()).isEqualTo("AppWrapper/demo");
      assertThat(created.state()).isEqualTo(State.QUEUED);
      assertThat(operator.api.get(path).path("spec"))
          .as("the server's schema takes all of it, and drops nothing")
          .isEqualTo(Yaml.parse(defined.yaml().getBytes(UTF_8), "a test").path("spec"));
      read(rig, caller, here);

      operator.merge(path + "/status", "{status: {canrun: false, state: Pending}}");
      becomes(rig, caller, namespace, "Pending", State.QUEUED);
      operator.merge(path + "/status", "{status: {canrun: true, state: Failed}}");
      becomes(rig, caller, namespace, "Failed", State.FAILED);
      operator.merge(path + "/status", "{status: {canrun: true, state: Running}}");
      becomes(rig, caller, namespace, "Running", State.STARTING);

      Row deleted = rig.source.delete(caller, here, "raycluster", "demo", false);
      assertThat(deleted.owner()).isEqualTo("AppWrapper/demo");
      await().atMost(LONG).until(() -> rig.row(caller, "appwrapper", namespace, "demo").isEmpty());
      assertThat(rig.row(caller, namespace, "demo")).isEmpty();
    }
  }

  /** From the server, and from the cache: the wrapper, and the cluster that is not there yet. */
  private static void read(Rig rig, Caller caller, Target here) {
    for (String kind : List.of("appwrapper", "raycluster")) {
      Row one = rig.source.getLive(caller, here, kind, "demo");
      assertThat(one.state()).as(kind).isEqualTo(State.QUEUED);
      assertThat(one.reason()).isEqualTo("still being added to the queue");
      assertThat(rig.source.listLive(caller, here, kind))
          .extracting(row -> row.key().name())
          .containsExactly("demo");
      await()
          .atMost(LONG)
          .untilAsserted(
              () -> assertThat(rig.names(caller, kind, here.namespace())).containsExactly("demo"));
    }
    assertThat(rig.source.manifest(caller, here, "appwrapper", "demo", true))
        .contains("GenericItems:", "kind: RayCluster");
  }

  private static void becomes(Rig rig, Caller caller, String namespace, String word, State state) {
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              Row wrapper = rig.row(caller, "appwrapper", namespace, "demo").orElseThrow();
              assertThat(wrapper.nativeState()).isEqualTo(word);
              assertThat(wrapper.state()).isEqualTo(state);
              assertThat(rig.row(caller, namespace, "demo").orElseThrow().state()).isEqualTo(state);
            });
  }
}
