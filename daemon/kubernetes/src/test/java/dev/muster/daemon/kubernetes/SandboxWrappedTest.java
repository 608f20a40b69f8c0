package dev.muster.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.daemon.core.Explanation;
import dev.muster.daemon.sandbox.Sandbox;
import dev.muster.daemon.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxWrappedTest extends WrappedContract {
  @TempDir static Path files;

  private static Sandbox sandbox;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.start(SandboxOptions.fast(files));
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @Override
  Path kubeconfig() {
    return sandbox.kubeconfig("admin");
  }

  @Override
  String newNamespace() {
    String name = "contract-" + UUID.randomUUID().toString().substring(0, 8);
    sandbox.createNamespace(name);
    return name;
  }

  @Override
  Path alice() {
    return sandbox.kubeconfig("alice");
  }

  /** On the stand-in only: kwok runs any image. */
  @Test
  void an_image_that_cannot_be_pulled_is_told_with_advice() {
    rig.source.create(
        alice,
        here,
        "raycluster",
        cluster("demo", 1).replace("rayproject/ray:2.52.0", "registry.example/no-such-image:1"),
        "a test",
        false);
    await()
        .atMost(LONG)
        .until(() -> rig.row(alice, namespace, "demo").orElseThrow().reason().contains("Pull"));

    Explanation why = rig.source.explain(alice, here, "raycluster", "demo");
    assertThat(why.sentence()).startsWith("RayCluster demo is STARTING: head pod demo-head");
    assertThat(why.advice()).startsWith("Check the image's name and tag");
    rig.source.delete(alice, here, "raycluster", "demo", false);
  }
}
