package dev.muster.daemon.kubernetes.define;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Changing.Definition;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RayClusterDefinitionTest {
  @TempDir Path directory;

  private Caller caller;

  @BeforeEach
  void home() {
    caller = new Caller(directory, Map.of("HOME", directory.toString()), false);
  }

  /** The cluster itself, which is what is looked at here. */
  private Definition define(String name, Map<String, List<String>> settings, String template) {
    Map<String, List<String>> bare = new LinkedHashMap<>(settings);
    bare.putIfAbsent("appwrapper", List.of("false"));
    return RayClusterDefinition.define(caller, Target.DEFAULT, name, bare, template);
  }

  private JsonNode tree(String option, String... values) {
    return parse(define("demo", Map.of(option, List.of(values)), ""));
  }

  private static JsonNode parse(Definition definition) {
    return Yaml.parse(definition.yaml().getBytes(StandardCharsets.UTF_8), "definition");
  }

  private String complaint(Map<String, List<String>> settings) {
    Failure failure = catchThrowableOfType(Failure.class, () -> define("demo", settings, ""));
    assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
    return failure.getMessage();
  }

  private static JsonNode container(JsonNode group) {
    return group.path("template").path("spec").path("containers").path(0);
  }

  private static JsonNode head(JsonNode tree) {
    return tree.path("spec").path("headGroupSpec");
  }

  private static JsonNode worker(JsonNode tree) {
    return tree.path("spec").path("workerGroupSpecs").path(0);
  }

  @Test
  void a_bare_call_defines_a_whole_cluster() {
    Definition definition = define("", Map.of(), "");
    JsonNode tree = parse(definition);

    assertThat(definition.name()).isEqualTo("raycluster");
    assertThat(definition.warnings()).isEmpty();
    assertThat(tree.path("metadata").path("labels"))
        .isEqualTo(
            Yaml.fromJson(
                "{\"controller-tools.k8s.io\":\"1.0\",\"ray.io/cluster\":\"raycluster\"}"));
    assertThat(worker(tree).path("groupName").asText()).isEqualTo("small-group-raycluster");
    assertThat(Yaml.json(container(head(tree)).path("resources")))
        .isEqualTo(
            "{\"requests\":{\"cpu\":\"1\",\"memory\":\"5G\"},\"limits\":{\"cpu\":\"2\",\"memory\":\"8G\"}}");
    assertThat(Yaml.json(container(worker(tree)).path("resources")))
        .isEqualTo(
            "{\"requests\":{\"cpu\":\"1\",\"memory\":\"3G\"},\"limits\":{\"cpu\":\"1\",\"memory\":\"6G\"}}");
    assertThat(Yaml.json(head(tree).path("rayStartParams")))
        .isEqualTo(
            "{\"dashboard-host\":\"0.0.0.0\",\"block\":\"true\",\"num-cpus\":\"2\",\"num-gpus\":\"0\",\"resources\":\"\\\"{}\\\"\"}");
    assertThat(
            Yaml.json(
                container(head(tree))
                    .path("lifecycle")
                    .path("preStop")
                    .path("exec")
                    .path("command")))
        .isEqualTo("[\"/bin/sh\",\"-c\",\"ray stop\"]");
  }

  @Test
  void the_same_options_give_the_same_bytes() {
    Map<String, List<String>> settings =
        Map.of("envs", List.of("B=2,A=1"), "labels", List.of("x=y", "a=b"));

    assertThat(define("demo", settings, "").yaml()).isEqualTo(define("demo", settings, "").yaml());
  }

  @Test
  void the_name_is_everywhere_that_it_belongs() {
    JsonNode tree = parse(define("demo", Map.of(), ""));

    assertThat(tree.path("metadata").path("name").asText()).isEqualTo("demo");
    assertThat(tree.path("metadata").path("labels").path("ray.io/cluster").asText())
        .isEqualTo("demo");
    assertThat(worker(tree).path("groupName").asText()).isEqualTo("small-group-demo");
    assertThat(define("", Map.of("name", List.of("other")), "").name()).isEqualTo("other");
  }

  @Test
  void memory_without_a_unit_is_gigabytes() {
    assertThat(
            container(head(tree("head-memory-limits", "12")))
                .path("resources")
                .path("limits")
                .path("memory")
                .asText())
        .isEqualTo("12G");
    assertThat(
            container(worker(tree("worker-memory-requests", "512Mi")))
                .path("resources")
                .path("requests")
                .path("memory")
                .asText())
        .isEqualTo("512Mi");
  }

  @Test
  void ray_is_told_how_many_cpus_and_gpus_there_are() {
    assertThat(
            head(tree("head-cpu-limits", "3500m")).path("rayStartParams").path("num-cpus").asText())
        .isEqualTo("3");
    JsonNode small =
        parse(
            define(
                "demo",
                Map.of(
                    "worker-cpu-requests", List.of("100m"), "worker-cpu-limits", List.of("500m")),
                ""));
    assertThat(worker(small).path("rayStartParams").path("num-cpus").asText()).isEqualTo("1");
    JsonNode gpus = worker(tree("worker-gpus", "2"));
    assertThat(gpus.path("rayStartParams").path("num-gpus").asText()).isEqualTo("2");
    assertThat(Yaml.json(container(gpus).path("resources")))
        .contains(
            "\"nvidia.com/gpu\":\"2\"},\"limits\":{\"cpu\":\"1\",\"memory\":\"6G\",\"nvidia.com/gpu\":\"2\"}");
    assertThat(Yaml.json(tree("head-gpus", "0"))).doesNotContain("nvidia.com");
  }

  @Test
  void workers_have_one_number() {
    JsonNode group = worker(tree("num-workers", "3"));

    assertThat(
            List.of(
                group.path("replicas").asInt(),
                group.path("minReplicas").asInt(),
                group.path("maxReplicas").asInt()))
        .containsExactly(3, 3, 3);
    assertThat(
            worker(
                    parse(
                        define(
                            "demo",
                            Map.of("min-workers", List.of("2"), "max-workers", List.of("2")),
                            "")))
                .path("replicas")
                .asInt())
        .isEqualTo(2);
    assertThat(complaint(Map.of("min-workers", List.of("1"), "max-workers", List.of("2"))))
        .endsWith(" without --enable-autoscaling.");
  }

  @Test
  void values_never_leave_their_place() {
    String nasty = "x\n  privileged: true # ${HOME} \"quoted\"";
    Definition definition = define("demo", Map.of("envs", List.of("A=" + nasty)), "");
    JsonNode variables = container(head(parse(definition))).path("env");

    assertThat(variables).hasSize(2);
    assertThat(variables.path(1).path("value").asText()).isEqualTo(nasty);
  }

  @ParameterizedTest
  @CsvSource({
    "1e3",
    "no",
    "on",
    "0x1F",
    "12:30",
    "2026-01-01",
    "1_000",
    "~",
    "null",
    "1.10",
    "=",
    "'a: b'",
    "'#x'",
    "'- a'"
  })
  void text_stays_text_for_every_reader_of_yaml(String value) {
    Definition definition = define("demo", Map.of("envs", List.of("A=" + value)), "");
    Object read = new org.yaml.snakeyaml.Yaml().load(definition.yaml());

    assertThat(read.toString()).contains("value=" + value);
    assertThat(container(head(parse(definition))).path("env").path(1).path("value").asText())
        .isEqualTo(value);
  }

  @Test
  void pairs_are_given_one_by_one_or_with_commas() {
    JsonNode variables =
        container(head(tree("envs", "A=1,2", "B=3,C=4", "RAY_USAGE_STATS_ENABLED=1"))).path("env");

    assertThat(Yaml.json(variables))
        .isEqualTo(
            "[{\"name\":\"RAY_USAGE_STATS_ENABLED\",\"value\":\"1\"},{\"name\":\"A\",\"value\":\"1,2\"},{\"name\":\"B\",\"value\":\"3\"},{\"name\":\"C\",\"value\":\"4\"}]");
  }

  @Test
  void the_rest_goes_where_it_belongs() {
    JsonNode tree =
        parse(
            RayClusterDefinition.define(
                caller,
                new Target("", "", "team", false),
                "demo",
                Map.of(
                    "image", List.of("quay.io/x/ray:2.9.0-py310"),
                    "labels", List.of("team=ml"),
                    "annotations", List.of("example.org/a=b c"),
                    "image-pull-secrets", List.of("one,two"),
                    "local-queue", List.of("lq"),
                    "service-account", List.of("ray"),
                    "appwrapper", List.of("false")),
                ""));

    assertThat(tree.path("metadata").path("namespace").asText()).isEqualTo("team");
    assertThat(tree.path("metadata").path("labels").path("team").asText()).isEqualTo("ml");
    assertThat(tree.path("metadata").path("labels").path("kueue.x-k8s.io/queue-name").asText())
        .isEqualTo("lq");
    assertThat(tree.path("metadata").path("annotations").path("example.org/a").asText())
        .isEqualTo("b c");
    assertThat(tree.path("spec").path("rayVersion").asText()).isEqualTo("2.9.0");
    for (JsonNode group : List.of(head(tree), worker(tree))) {
      assertThat(container(group).path("image").asText()).isEqualTo("quay.io/x/ray:2.9.0-py310");
      assertThat(group.path("template").path("spec").path("serviceAccountName").asText())
          .isEqualTo("ray");
      assertThat(Yaml.json(group.path("template").path("spec").path("imagePullSecrets")))
          .isEqualTo("[{\"name\":\"one\"},{\"name\":\"two\"}]");
      assertThat(
              group
                  .path("template")
                  .path("metadata")
                  .path("annotations")
                  .path("example.org/a")
                  .asText())
          .isEqualTo("b c");
    }
  }

  @Test
  void an_image_that_does_not_say_its_version_is_warned_about() {
    assertThat(define("demo", Map.of("image", List.of("me/ray:latest")), "").warnings()).hasSize(1);
    Definition said =
        define(
            "demo",
            Map.of("image", List.of("me/ray:latest"), "ray-version", List.of("2.50.0")),
            "");
    assertThat(said.warnings()).isEmpty();
    assertThat(parse(said).path("spec").path("rayVersion").asText()).isEqualTo("2.50.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          head-cpu-requests | 2x | --head-cpu-requests: "2x" is not a Kubernetes quantity such as 500m, 2 or 1.5.
          head-cpu-requests | -1 | --head-cpu-requests: "-1" must be more than 0.
          worker-memory-limits | lots | --worker-memory-limits: "lots" is not a Kubernetes quantity such as 512Mi, 8G or 8.
          worker-cpu-requests | 4 | --worker-cpu-requests: "4" is more than --worker-cpu-limits, which is 1.
          head-memory-limits | 1 | --head-memory-requests: "5G" is more than --head-memory-limits, which is 1G.
          num-workers | many | --num-workers: "many" is not a whole number from 0 to 10000.
          worker-gpus | 1.5 | --worker-gpus: "1.5" is not a whole number from 0 to 1000.
          labels | a | --labels: "a" is not of the form key=value.
          labels | a b=c | --labels: "a b" is not a key: use at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit.
          labels | A!/b=c | --labels: "A!/b" has a prefix that is not a domain name.
          labels | a=b c | --labels: "b c" is not a label's value: use at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit.
          labels | ray.io/cluster=x | --labels: "ray.io/cluster" is set by muster to the cluster's name.
          envs | 1A=b | --envs: "1A" is not the name of an environment variable: use letters, digits, "_", "-" and ".", not beginning with a digit.
          image | a b | --image: "a b" is not an image such as quay.io/modh/ray:2.47.1.
          ray-version | new | --ray-version: "new" is not a version such as 2.47.1.
          namespace | Team | --namespace: "Team" is not a namespace: use at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit (RFC 1123).
          service-account | A | --service-account: "A" is not a name: use lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit (RFC 1123).
          hed-gpus | 1 | --hed-gpus is not an option of a RayCluster; did you mean --head-gpus?
          """)
  void what_is_wrong_is_named_with_its_rule(String option, String value, String message) {
    assertThat(complaint(Map.of(option, List.of(value)))).isEqualTo(message);
  }

  @Test
  void an_option_that_resembles_none_gets_the_list() {
    assertThat(complaint(Map.of("zzzzzzzz", List.of("1"))))
        .contains("the options are --additional-worker-groups, --annotations");
  }

  @Test
  void names_are_checked_before_anything_else() {
    for (String name : List.of("Demo", "1demo", "demo-", "d_o", "d.o", "a".repeat(51))) {
      Failure failure = catchThrowableOfType(Failure.class, () -> define(name, Map.of(), ""));
      assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
      assertThat(failure.getMessage()).startsWith("\"" + name + "\" ");
    }
    assertThat(define("a".repeat(50), Map.of(), "").name()).hasSize(50);
    assertThat(complaint(Map.of("name", List.of("other"))))
        .contains("Two names are given, demo and --name other");
  }

  @Test
  void two_namespaces_are_one_too_many() {
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () ->
                RayClusterDefinition.define(
                    caller,
                    new Target("", "", "a", false),
                    "demo",
                    Map.of("namespace", List.of("b")),
                    ""));

    assertThat(failure).hasMessage("Two namespaces are given, a and b; drop one of them.");
  }

  @Test
  void a_users_own_default_is_used() throws IOException {
    Path templates = Files.createDirectories(directory.resolve(".config/muster/templates"));
    Files.writeString(
        templates.resolve("raycluster.yaml"),
        define("mine", Map.of("num-workers", List.of("7")), "").yaml());

    JsonNode tree = parse(define("demo", Map.of(), ""));

    assertThat(worker(tree).path("replicas").asInt()).isEqualTo(7);
    assertThat(tree.path("metadata").path("name").asText()).isEqualTo("demo");
  }

  @Test
  void a_template_is_found_by_name_or_by_path() throws IOException {
    Path config = Files.createDirectories(directory.resolve("xdg/muster/templates"));
    caller =
        new Caller(
            directory, Map.of("XDG_CONFIG_HOME", directory.resolve("xdg").toString()), false);
    Files.writeString(
        config.resolve("big.yaml"), define("big", Map.of("num-workers", List.of("9")), "").yaml());
    Files.copy(config.resolve("big.yaml"), directory.resolve("here.yaml"));

    assertThat(worker(parse(define("demo", Map.of(), "big"))).path("replicas").asInt())
        .isEqualTo(9);
    assertThat(worker(parse(define("demo", Map.of(), "here.yaml"))).path("replicas").asInt())
        .isEqualTo(9);
    assertThat(worker(parse(define("demo", Map.of(), "./here.yaml"))).path("replicas").asInt())
        .isEqualTo(9);
    assertThat(bad("small"))
        .isEqualTo(
            "There is no template \"small\" in "
                + config
                + " (there: big); a file is named by a path such as ./small.yaml.");
    assertThat(bad("./none.yaml"))
        .isEqualTo("There is no template file " + directory.resolve("none.yaml") + ".");
  }

  @Test
  void a_template_that_is_none_is_refused() throws IOException {
    Files.writeString(directory.resolve("service.yaml"), "kind: Service\napiVersion: v1\n");
    Files.writeString(directory.resolve("broken.yaml"), "kind: RayCluster\n  bad: [\n");
    Files.writeString(directory.resolve("empty.yaml"), "kind: RayCluster\napiVersion: ray.io/v1\n");
    Files.writeString(
        directory.resolve("headless.yaml"),
        "kind: RayCluster\napiVersion: ray.io/v1\nspec: {headGroupSpec: {}}\n");

    assertThat(bad("service.yaml")).endsWith("is not a RayCluster (ray.io), but a Service.");
    assertThat(bad("broken.yaml")).contains("broken.yaml, line 2: this is not valid YAML");
    assertThat(bad("empty.yaml")).isEqualTo("The template has no spec.headGroupSpec.");
    assertThat(bad("headless.yaml"))
        .isEqualTo("The template's head has no template.spec.containers.");
  }

  @Test
  void a_template_without_workers_takes_no_worker_options() throws IOException {
    Files.writeString(
        directory.resolve("head.yaml"),
        """
        kind: RayCluster
        apiVersion: ray.io/v1
        spec: {headGroupSpec: {template: {spec: {containers: [{name: ray-head, image: i}]}}}}
        """);

    assertThat(define("demo", Map.of(), "head.yaml").yaml()).contains("ray.io/cluster: demo");
    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> define("demo", Map.of("worker-gpus", List.of("1")), "head.yaml"));
    assertThat(failure)
        .hasMessage("The template has no workerGroupSpecs to set worker options on.");
  }

  private String bad(String template) {
    return catchThrowableOfType(Failure.class, () -> define("demo", Map.of(), template))
        .getMessage();
  }
}
