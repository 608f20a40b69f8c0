package dev.muster.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.sandbox.Sandbox;
import dev.muster.daemon.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is defined is taken by a server that knows KubeRay's schema and refuses unknown fields. */
class DefinedJobsTest {
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

  private Row taken(Map<String, List<String>> options) {
    try (Rig rig = new Rig(directory)) {
      Caller caller = rig.caller(sandbox.kubeconfig("admin"));
      String yaml =
          rig.source.define(caller, Rig.in("default"), "rayjob", "demo", options, "").yaml();
      return rig.source.create(caller, Rig.in("default"), "rayjob", yaml, "the options", true);
    }
  }

  @Test
  void every_field_of_a_job_with_its_own_cluster_has_a_place_in_the_schema() {
    Row row =
        taken(
            Map.ofEntries(
                Map.entry("entrypoint", List.of("python train.py")),
                Map.entry("active-deadline-seconds", List.of("60")),
                Map.entry("backoff-limit", List.of("1")),
                Map.entry("ttl-seconds-after-finished", List.of("5")),
                Map.entry("entrypoint-num-cpus", List.of("0.5")),
                Map.entry("entrypoint-num-gpus", List.of("1")),
                Map.entry("entrypoint-resources", List.of("{\"special\": 1}")),
                Map.entry("metadata", List.of("a=b")),
                Map.entry("submission-id", List.of("mine")),
                Map.entry("env", List.of("A=b")),
                Map.entry("pip", List.of("numpy")),
                Map.entry("labels", List.of("a=b")),
                Map.entry("worker-gpus", List.of("1"))));

    assertThat(row.key().name()).isEqualTo("demo");
    assertThat(row.object()).doesNotContain("runtimeEnvYAML");
  }

  @Test
  void a_job_for_a_cluster_that_is_there_is_taken_in_every_mode_that_it_can_have() {
    for (String mode : List.of("K8sJobMode", "HTTPMode", "InteractiveMode")) {
      Row row =
          taken(
              Map.of(
                  "entrypoint",
                  List.of("ls"),
                  "cluster-name",
                  List.of("big"),
                  "submission-mode",
                  List.of(mode)));
      assertThat(row.key().name()).isEqualTo("demo");
    }
  }
}
