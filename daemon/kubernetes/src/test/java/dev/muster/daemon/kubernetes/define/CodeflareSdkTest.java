package dev.muster.daemon.kubernetes.define;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The six configurations whose manifests codeflare-sdk 0.38 left in the samples: the same fields,
 * typed as options, give the same trees, but for the differences that are listed here.
 */
class CodeflareSdkTest {
  private static final Path SAMPLES = Path.of("../../tests/realservers/samples/codeflare-sdk");

  /** What that SDK generated, and which fields it was given. */
  enum Sample {
    MINIMAL(Map.of()),
    AUTOSCALE(
        Map.of(
            "enable-autoscaling", List.of("true"),
            "min-workers", List.of("1"),
            "max-workers", List.of("4"))),
    GCSFT(
        Map.of(
            "enable-gcs-ft", List.of("true"),
            "redis-address", List.of("redis:6379"),
            "redis-password-secret", List.of("name=n,key=k"))),
    GPU(
        Map.ofEntries(
            Map.entry("labels", List.of("l=v")),
            Map.entry("annotations", List.of("{'an': 'x'}")),
            Map.entry("envs", List.of("A=b")),
            Map.entry("image", List.of("quay.io/x/ray:1")),
            Map.entry("image-pull-secrets", List.of("['s']")),
            Map.entry("head-cpu-requests", List.of("500m")),
            Map.entry("head-cpu-limits", List.of("1")),
            Map.entry("head-memory-requests", List.of("2")),
            Map.entry("head-memory-limits", List.of("4")),
            Map.entry("num-workers", List.of("2")),
            Map.entry("worker-cpu-requests", List.of("1")),
            Map.entry("worker-cpu-limits", List.of("2")),
            Map.entry("worker-memory-requests", List.of("2")),
            Map.entry("worker-memory-limits", List.of("3")),
            Map.entry("worker-extended-resource-requests", List.of("{'nvidia.com/gpu': 1}")),
            Map.entry("local-queue", List.of("lq")))),
    GROUPS(Map.of("additional-worker-groups", List.of("group_name=g2,replicas=2"))),
    /** Its queue does not exist: the SDK said so and went on without; see the test of it below. */
    BADQUEUE(Map.of());

    final Map<String, List<String>> options;

    Sample(Map<String, List<String>> options) {
      this.options = options;
    }

    String sampleName() {
      return "sample-" + name().toLowerCase(java.util.Locale.ROOT);
    }

    ObjectNode tree() throws IOException {
      Path file = SAMPLES.resolve(sampleName() + ".yaml");
      return (ObjectNode) Yaml.parse(Files.readAllBytes(file), file.toString());
    }
  }

  /** A change of the SDK's tree that makes it ours. */
  enum Difference {
    PULL_POLICY(
        "The SDK always pulls. Kubernetes pulls what is missing: the same image, without a"
            + " registry's answer for each start of a worker.",
        Difference::withoutPullPolicy),
    QUANTITIES(
        "The SDK writes numbers without a unit as numbers, muster as text. The API server reads and"
            + " stores them alike.",
        Difference::quantitiesAsText),
    ORDER_OF_VARIABLES(
        "The SDK puts RAY_USAGE_STATS_ENABLED last, muster where the template has it. No variable"
            + " refers to another one.",
        Difference::statisticsFirst);

    final String why;
    private final UnaryOperator<JsonNode> change;

    Difference(String why, UnaryOperator<JsonNode> change) {
      this.why = why;
      this.change = change;
    }

    private static JsonNode withoutPullPolicy(JsonNode tree) {
      tree.findParents("imagePullPolicy").forEach(p -> ((ObjectNode) p).remove("imagePullPolicy"));
      return tree;
    }

    private static JsonNode quantitiesAsText(JsonNode tree) {
      for (String field : List.of("requests", "limits")) {
        for (JsonNode amounts : tree.findValues(field)) {
          new LinkedHashMap<>(Map.copyOf(fields(amounts)))
              .forEach((name, value) -> ((ObjectNode) amounts).put(name, value.asText()));
        }
      }
      return tree;
    }

    private static JsonNode statisticsFirst(JsonNode tree) {
      for (JsonNode list : tree.findValues("env")) {
        List<JsonNode> variables = new ArrayList<>();
        list.forEach(variables::add);
        variables.sort(
            Comparator.comparing(
                variable -> !variable.path("name").asText().equals("RAY_USAGE_STATS_ENABLED")));
        ((ArrayNode) list).removeAll().addAll(variables);
      }
      return tree;
    }

    private static Map<String, JsonNode> fields(JsonNode object) {
      Map<String, JsonNode> fields = new LinkedHashMap<>();
      object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
      return fields;
    }
  }

  @TempDir Path directory;

  private ObjectNode define(Sample sample, boolean wrapped) throws IOException {
    Map<String, List<String>> options = new LinkedHashMap<>(sample.options);
    JsonNode head = sample.tree().path("spec").path("headGroupSpec").path("template").path("spec");
    // Of one release of the SDK: its own image, and the CA bundle of the platform that it is for.
    options.putIfAbsent("image", List.of(head.path("containers").path(0).path("image").asText()));
    options.put("appwrapper", List.of(Boolean.toString(wrapped)));
    options.put("ray-version", List.of("2.58.0"));
    options.put("volumes", List.of(Yaml.json(head.path("volumes"))));
    options.put(
        "volume-mounts", List.of(Yaml.json(head.path("containers").path(0).path("volumeMounts"))));
    String yaml =
        RayClusterDefinition.define(
                new Caller(directory, Map.of(), false),
                new Target("", "", "ns1", false),
                sample.sampleName(),
                options,
                "")
            .yaml();
    return (ObjectNode) Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8), sample.sampleName());
  }

  @ParameterizedTest
  @EnumSource
  void the_same_fields_give_the_same_tree(Sample sample) throws IOException {
    JsonNode theirs = sample.tree();
    for (Difference difference : Difference.values()) {
      theirs = difference.change.apply(theirs);
    }

    assertThat(define(sample, false)).isEqualTo(theirs);
  }

  @ParameterizedTest
  @EnumSource
  void every_difference_that_is_listed_is_one(Difference difference) throws IOException {
    JsonNode theirs = Sample.GPU.tree();

    assertThat(difference.change.apply(theirs.deepCopy())).as(difference.why).isNotEqualTo(theirs);
  }

  @ParameterizedTest
  @EnumSource
  void an_app_wrapper_holds_the_same_tree_with_the_queue_outside(Sample sample) throws IOException {
    ObjectNode bare = define(sample, false);
    JsonNode queue =
        ((ObjectNode) bare.path("metadata").path("labels")).remove("kueue.x-k8s.io/queue-name");

    ObjectNode wrapped = define(sample, true);

    assertThat(wrapped.path("kind").asText()).isEqualTo("AppWrapper");
    assertThat(wrapped.path("spec").path("components")).hasSize(1);
    assertThat(wrapped.path("spec").path("components").path(0).path("template")).isEqualTo(bare);
    assertThat(wrapped.path("metadata").path("labels").path("kueue.x-k8s.io/queue-name").asText(""))
        .isEqualTo(Optional.ofNullable(queue).map(JsonNode::asText).orElse(""));
  }

  @Test
  void a_queue_that_is_not_there_is_refused_and_not_dropped() {
    LocalQueues queues = namespace -> Optional.of(List.of(new LocalQueue("team-a", false)));
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () ->
                RayClusterDefinition.define(
                    new Caller(directory, Map.of(), false),
                    new Target("", "", "ns1", false),
                    "sample-badqueue",
                    Map.of("local-queue", List.of("nope")),
                    "",
                    queues,
                    null));

    assertThat(failure)
        .hasMessage(
            "--local-queue: there is no LocalQueue \"nope\" in the namespace ns1; there is"
                + " team-a.");
  }
}
