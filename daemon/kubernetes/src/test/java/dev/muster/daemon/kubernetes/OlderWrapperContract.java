package dev.muster.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Source.Definition;
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
      assertThat(operator.api.get(path).at("/spec/resources/GenericItems")).hasSize(1);

      operator.merge(path + "/status", "{status: {canrun: false, state: Pending}}");
      becomes(rig, caller, namespace, "Pending", State.QUEUED);
      operator.merge(path + "/status", "{status: {canrun: true, state: Failed}}");
      becomes(rig, caller, namespace, "Failed", State.FAILED);
      operator.merge(path + "/status", "{status: {canrun: true, state: Running}}");
      becomes(rig, caller, namespace, "Running", State.STARTING);

      rig.source.delete(caller, here, "raycluster", "demo", false);
      await().atMost(LONG).until(() -> rig.row(caller, "appwrapper", namespace, "demo").isEmpty());
      assertThat(rig.row(caller, namespace, "demo")).isEmpty();
    }
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
