package dev.muster.daemon.sandbox.appwrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.contract.Samples;
import dev.muster.daemon.sandbox.store.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemplatesTest {

  private final JsonNode cluster = Samples.demo("one");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spec|first element of the path must be 'template'",
        "template.nothing|at path position 'template.' missing field 'nothing'",
        "template.kind.x|at path position 'template.kind.' non-map value",
        "template.spec[0]|at path position 'template.spec' found non-array value",
        "template.spec.workerGroupSpecs[1]|at path position 'template.spec.workerGroupSpecs' out of"
            + " bounds index '1'",
        "template!|at path position 'template' invalid path element '!'",
      })
  void a_path_that_leads_nowhere_says_where_it_ends(String path, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Templates.at(cluster, path))
        .withMessage(problem);
  }

  @Test
  void a_template_needs_a_spec() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Templates.podTemplate(cluster, "template.metadata"))
        .withMessage("content at template.metadata does not contain a spec");
  }

  @ParameterizedTest
  @CsvSource({
    "busybox, Always",
    "busybox:latest, Always",
    "busybox:1, IfNotPresent",
    "localhost:5000/busybox, Always",
    "busybox@sha256:abc, IfNotPresent"
  })
  void what_an_image_is_called_says_when_it_is_pulled(String image, String policy) {
    var pod = Samples.pod("one");
    ((ObjectNode) pod.at("/spec/containers/0")).put("image", image);
    JsonNode template = Templates.podTemplate(pod, "template");
    assertThat(template.at("/spec/containers/0/imagePullPolicy").asText()).isEqualTo(policy);
  }

  @Test
  void the_pods_of_known_kinds_are_found() {
    assertThat(infer("apps/v1", "Deployment", "{\"replicas\":3,\"template\":{\"spec\":{}}}"))
        .contains("template.spec.template", "\"replicas\":3");
    assertThat(
            infer(
                "batch/v1",
                "Job",
                "{\"parallelism\":4,\"completions\":2,\"template\":{\"spec\":{}}}"))
        .contains("\"replicas\":2", "job-completion-index");
    assertThat(
            infer(
                "ray.io/v1",
                "RayJob",
                "{\"rayClusterSpec\":{\"headGroupSpec\":{\"template\":{\"spec\":{}}}}}"))
        .contains("template.spec.rayClusterSpec.headGroupSpec.template");
    assertThat(infer("example.com/v1", "Thing", "{}")).isEqualTo("[]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> infer("apps/v1", "StatefulSet", "{}"))
        .withMessageStartingWith("template.spec.template does not refer to a v1.PodSpecTemplate");
  }

  private static String infer(String apiVersion, String kind, String spec) {
    var object = Json.object().put("apiVersion", apiVersion).put("kind", kind);
    object.set("spec", Json.tree(spec.getBytes(StandardCharsets.UTF_8)));
    return PodSets.infer(object).toString();
  }
}
