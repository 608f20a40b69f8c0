package dev.muster.daemon.kubernetes.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {
  @Test
  void a_manifest_says_what_and_where() {
    Manifest manifest =
        Manifest.parse(
            RayClusterRow.RESOURCE,
            "apiVersion: ray.io/v1alpha1\nkind: RayCluster\nmetadata: {name: a, namespace: n}\nspec: {}\n",
            "a.yaml");

    assertThat(manifest.name()).isEqualTo("a");
    assertThat(manifest.namespace()).isEqualTo("n");
    assertThat(manifest.version()).isEqualTo("v1alpha1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          just text | a.yaml holds no Kubernetes object.
          {a: b} | a.yaml holds no Kubernetes object: it has no kind or no apiVersion.
          {apiVersion: v1, kind: Service} | a.yaml holds the kind Service (v1), not a RayCluster (ray.io), alone or in an AppWrapper.
          {apiVersion: ray.io/v1, kind: RayJob} | a.yaml holds the kind RayJob (ray.io/v1), not a RayCluster (ray.io), alone or in an AppWrapper.
          {apiVersion: ray.io/v1, kind: RayCluster} | a.yaml: the RayCluster has no metadata or no spec.
          {apiVersion: ray.io/v1, kind: RayCluster, metadata: {}, spec: {}} | a.yaml: the RayCluster has no metadata.name.
          """)
  void what_is_no_ray_cluster_is_refused(String yaml, String message) {
    assertThat(refused(yaml)).isEqualTo(message);
  }

  @Test
  void a_mistake_has_a_line() {
    assertThat(refused("kind: RayCluster\nmetadata:\n  name: a\n bad: x\n"))
        .startsWith("a.yaml, line 4: this is not valid YAML (");
    assertThat(refused("a: b\n---\nc: d\n"))
        .isEqualTo("a.yaml holds more than one document; give one at a time.");
  }

  @Test
  void names_are_checked_before_they_are_sent() {
    String yaml =
        "{apiVersion: ray.io/v1, kind: RayCluster, metadata: {name: NAME, namespace: SPACE}, spec: {}}";

    assertThat(refused(yaml.replace("SPACE", "n").replace("NAME", "A_b")))
        .startsWith("a.yaml: \"A_b\" is not a name");
    assertThat(refused(yaml.replace("NAME", "a").replace("SPACE", "../x")))
        .startsWith("a.yaml: \"../x\" is not a namespace");
  }

  private static String refused(String yaml) {
    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> Manifest.parse(RayClusterRow.RESOURCE, yaml, "a.yaml"));
    assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
    return failure.getMessage();
  }
}
