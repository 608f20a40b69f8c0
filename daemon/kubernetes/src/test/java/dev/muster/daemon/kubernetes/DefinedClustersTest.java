package dev.muster.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Changing.Definition;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.sandbox.Sandbox;
import dev.muster.daemon.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is defined is taken by a server that knows KubeRay's schema and refuses unknown fields. */
class DefinedClustersTest {
  @TempDir static Path files;
  @TempDir Path directory;

  private static Sandbox sandbox;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.start(SandboxOptions.fast(files));
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  /** In an AppWrapper and by itself. */
  private void isTaken(Map<String, List<String>> options, String template) {
    Map<String, List<String>> wrapped = new LinkedHashMap<>(options);
    wrapped.put("appwrapper", List.of("true"));
    try (Rig rig = new Rig(directory)) {
      assertThat(taken(rig, wrapped, template).owner()).isEqualTo("AppWrapper/demo");
      assertThat(taken(rig, Rig.bare(options), template).owner()).isEmpty();
    }
  }

  private static Row taken(Rig rig, Map<String, List<String>> options, String template) {
    Definition definition = define(rig, options, template);
    Caller caller = rig.caller(sandbox.kubeconfig("admin"));
    Row row =
        rig.source.create(
            caller, Rig.in("default"), "raycluster", definition.yaml(), "the options", true);
    assertThat(row.key().name()).isEqualTo("demo");
    return row;
  }

  private static Definition define(Rig rig, Map<String, List<String>> options, String template) {
    Caller caller = rig.caller(sandbox.kubeconfig("admin"));
    return rig.source.define(caller, Rig.in("default"), "raycluster", "demo", options, template);
  }

  @Test
  void what_is_defined_without_options_is_taken_in_an_app_wrapper() {
    try (Rig rig = new Rig(directory)) {
      assertThat(define(rig, Map.of(), "").warnings()).isEmpty();
      assertThat(taken(rig, Map.of(), "").owner()).isEqualTo("AppWrapper/demo");
    }
  }

  @Test
  void a_server_without_app_wrappers_gets_the_cluster_itself_until_it_has_them() {
    try (Rig rig = new Rig(directory)) {
      sandbox.removeCrds("workload.codeflare.dev");
      try {
        Definition bare = define(rig, Map.of(), "");
        assertThat(bare.yaml()).contains("\nkind: RayCluster\n").doesNotContain("AppWrapper");
        assertThat(bare.warnings())
            .singleElement()
            .asString()
            .startsWith("The server has no AppWrapper kind: ")
            .contains("--appwrapper ");
        assertThat(taken(rig, Map.of(), "").owner()).isEmpty();
        assertThat(define(rig, Map.of("appwrapper", List.of("true")), "").warnings()).isEmpty();
      } finally {
        sandbox.installCrds("workload.codeflare.dev");
      }
      Definition wrapped = define(rig, Map.of(), "");
      assertThat(wrapped.yaml()).contains("\nkind: AppWrapper\n");
      assertThat(wrapped.warnings()).isEmpty();
    }
  }

  @Test
  void what_is_wrapped_all_the_same_is_refused_where_app_wrappers_are_missing() {
    try (Rig rig = new Rig(directory)) {
      sandbox.removeCrds("workload.codeflare.dev");
      try {
        assertThatThrownBy(() -> taken(rig, Map.of("appwrapper", List.of("true")), ""))
            .isInstanceOf(Failure.class)
            .hasMessage(
                "The server "
                    + sandbox.url()
                    + " has no AppWrapper kind: the AppWrapper operator is not installed there.");
      } finally {
        sandbox.installCrds("workload.codeflare.dev");
      }
    }
  }

  @Test
  void a_server_that_does_not_answer_changes_nothing() throws IOException {
    Path config = directory.resolve("gone.kubeconfig");
    String text = Files.readString(sandbox.kubeconfig("admin"));
    Files.writeString(config, text.replaceAll("server: [^,}\\s]+", "server: https://127.0.0.1:1"));
    try (Rig rig = new Rig(directory)) {
      Definition definition =
          rig.source.define(
              rig.caller(config), Rig.in("default"), "raycluster", "demo", Map.of(), "");

      assertThat(definition.yaml()).contains("\nkind: AppWrapper\n");
      assertThat(definition.warnings()).singleElement().asString().contains("local queues");
    }
  }

  @Test
  void every_field_has_a_place_in_the_schema() {
    isTaken(
        Map.ofEntries(
            // Of the sandbox's namespace there is a default one, in which nothing is scaled.
            Map.entry("local-queue", List.of("")),
            Map.entry("image", List.of("quay.io/x/ray:2.50.0")),
            Map.entry("labels", List.of("a=b")),
            Map.entry("annotations", List.of("example.org/a=b")),
            Map.entry("envs", List.of("{'A': 'b'}")),
            Map.entry("image-pull-secrets", List.of("['s']")),
            Map.entry("service-account", List.of("ray")),
            Map.entry("head-cpu-requests", List.of("500m")),
            Map.entry("head-memory-limits", List.of("16")),
            Map.entry("head-ephemeral-storage", List.of("10Gi")),
            Map.entry("head-extended-resource-requests", List.of("amd.com/gpu=1")),
            Map.entry("head-tolerations", List.of("gpu=yes:NoSchedule")),
            Map.entry("head-node-selectors", List.of("zone=a")),
            Map.entry("head-ray-start-params", List.of("metrics-export-port=8080")),
            Map.entry("worker-tpu", List.of("4")),
            Map.entry("num-of-hosts", List.of("2")),
            Map.entry(
                "worker-tolerations",
                List.of("[{operator: Exists, tolerationSeconds: 5, effect: NoExecute}]")),
            Map.entry("autoscaler", List.of("v2")),
            Map.entry("min-workers", List.of("0")),
            Map.entry("max-workers", List.of("3")),
            Map.entry("additional-worker-groups", List.of("name=g2,replicas=2,cpu=2,gpus=1")),
            Map.entry("volumes", List.of("{name: data, emptyDir: {sizeLimit: 1Gi}}")),
            Map.entry("volume-mounts", List.of("{name: data, mountPath: /data, readOnly: true}")),
            Map.entry("enable-gcs-ft", List.of("true")),
            Map.entry("redis-address", List.of("redis:6379")),
            Map.entry("redis-password-secret", List.of("name=s,key=k")),
            Map.entry("external-storage-namespace", List.of("demo")),
            Map.entry("enable-usage-stats", List.of("true"))),
        "");
  }

  @Test
  void the_packaged_templates_are_taken() {
    isTaken(Map.of(), "");
    isTaken(Map.of(), "kubectl-ray");
  }
}
