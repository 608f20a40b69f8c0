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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every field that is more than one value set in one place. */
class FieldsTest {
  @TempDir Path directory;

  private Definition define(String template, Map<String, String> env, String... pairs) {
    Map<String, List<String>> options = new LinkedHashMap<>();
    options.put("appwrapper", List.of("false"));
    for (int i = 0; i < pairs.length; i += 2) {
      options.put(pairs[i], List.of(pairs[i + 1]));
    }
    return RayClusterDefinition.define(
        new Caller(directory, env, false), Target.DEFAULT, "demo", options, template);
  }

  private static JsonNode parse(Definition definition) {
    return Yaml.parse(definition.yaml().getBytes(StandardCharsets.UTF_8), "definition");
  }

  private JsonNode spec(String... pairs) {
    return parse(define("", Map.of(), pairs)).path("spec");
  }

  private JsonNode head(String... pairs) {
    return spec(pairs).path("headGroupSpec");
  }

  private JsonNode worker(String... pairs) {
    return spec(pairs).path("workerGroupSpecs").path(0);
  }

  private static JsonNode pod(JsonNode group) {
    return group.path("template").path("spec");
  }

  private static JsonNode container(JsonNode group) {
    return pod(group).path("containers").path(0);
  }

  private static String limits(JsonNode group) {
    return Yaml.json(container(group).path("resources").path("limits"));
  }

  private static String parameter(JsonNode group, String name) {
    return group.path("rayStartParams").path(name).asText();
  }

  private static String replicas(JsonNode group) {
    return group.path("replicas")
        + " "
        + group.path("minReplicas")
        + " "
        + group.path("maxReplicas");
  }

  @Test
  void devices_are_counted_by_kubernetes_and_named_for_ray() {
    JsonNode head = head("head-extended-resource-requests", "nvidia.com/gpu=1,google.com/tpu=4");

    assertThat(limits(head))
        .isEqualTo(
            "{\"cpu\":\"2\",\"memory\":\"8G\",\"nvidia.com/gpu\":\"1\",\"google.com/tpu\":\"4\"}");
    assertThat(parameter(head, "num-gpus")).isEqualTo("1");
    assertThat(parameter(head, "resources")).isEqualTo("\"{\\\"TPU\\\":4}\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nvidia.com/gpu=1,amd.com/gpu=2 | 3 | "{}"
          habana.ai/gaudi=2 | 0 | "{\\"HPU\\":2}"
          huawei.com/Ascend910=1,huawei.com/Ascend310=2 | 0 | "{\\"NPU\\":3}"
          aws.amazon.com/neuroncore=8 | 0 | "{\\"neuron_cores\\":8}"
          """)
  void every_kind_of_device_has_its_name(String requests, String gpus, String resources) {
    JsonNode worker = worker("worker-extended-resource-requests", requests);

    assertThat(parameter(worker, "num-gpus")).isEqualTo(gpus);
    assertThat(parameter(worker, "resources")).isEqualTo(resources);
  }

  @Test
  void a_device_of_ones_own_needs_a_name() {
    JsonNode worker =
        worker(
            "worker-extended-resource-requests", "example.org/fpga=2",
            "extended-resource-mapping", "example.org/fpga=FPGA");

    assertThat(parameter(worker, "resources")).isEqualTo("\"{\\\"FPGA\\\":2}\"");
    JsonNode renamed =
        worker(
            "worker-tpu", "4",
            "extended-resource-mapping", "google.com/tpu=tpu-v5",
            "overwrite-default-resource-mapping", "true");
    assertThat(parameter(renamed, "resources")).isEqualTo("\"{\\\"tpu-v5\\\":4}\"");
  }

  @Test
  void what_a_template_names_for_ray_itself_stays() throws IOException {
    String yaml = define("", Map.of(), "worker-gpus", "2").yaml();
    Files.writeString(
        directory.resolve("own.yaml"),
        yaml.replace("resources: \"\\\"{}\\\"\"", "resources: '\"{\\\"ssd\\\": 1}\"'"));

    JsonNode tree = parse(define("own.yaml", Map.of(), "worker-gpus", "0", "worker-tpu", "1"));
    JsonNode worker = tree.path("spec").path("workerGroupSpecs").path(0);

    assertThat(limits(worker)).contains("google.com/tpu").doesNotContain("nvidia");
    assertThat(parameter(worker, "resources")).isEqualTo("\"{\\\"ssd\\\":1,\\\"TPU\\\":1}\"");
    assertThat(parameter(worker, "num-gpus")).isEqualTo("0");
  }

  @Test
  void autoscaling_has_bounds_and_starts_with_the_fewest() {
    String[] bounds = {"enable-autoscaling", "true", "min-workers", "0", "max-workers", "4"};
    JsonNode spec = spec(bounds);

    assertThat(spec.path("enableInTreeAutoscaling").asBoolean()).isTrue();
    assertThat(replicas(spec.path("workerGroupSpecs").path(0))).isEqualTo("0 0 4");
    JsonNode v2 =
        spec("autoscaler", "v2", "min-workers", "1", "max-workers", "4", "num-workers", "2");
    assertThat(v2.path("enableInTreeAutoscaling").asBoolean()).isTrue();
    assertThat(v2.path("autoscalerOptions").path("version").asText()).isEqualTo("v2");
    assertThat(replicas(v2.path("workerGroupSpecs").path(0))).isEqualTo("2 1 4");
  }

  @Test
  void fault_tolerance_keeps_its_state_in_redis() {
    JsonNode options =
        spec(
                "enable-gcs-ft", "true",
                "redis-address", "redis:6379",
                "redis-password-secret", "{'name': 's', 'key': 'k'}",
                "external-storage-namespace", "demo-1")
            .path("gcsFaultToleranceOptions");

    assertThat(Yaml.json(options))
        .isEqualTo(
            "{\"redisAddress\":\"redis:6379\",\"redisPassword\":{\"valueFrom\":{\"secretKeyRef\":{\"name\":\"s\",\"key\":\"k\"}}},\"externalStorageNamespace\":\"demo-1\"}");
    assertThat(spec("enable-gcs-ft", "false").has("gcsFaultToleranceOptions")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gpu=yes:NoSchedule | [{"key":"gpu","operator":"Equal","value":"yes","effect":"NoSchedule"}]
          gpu:NoExecute,spot | [{"key":"gpu","operator":"Exists","effect":"NoExecute"},{"key":"spot","operator":"Exists"}]
          {key: gpu, operator: Exists, toleration_seconds: 60} | [{"key":"gpu","operator":"Exists","tolerationSeconds":60}]
          [{'key': 'a', 'value': 'b', 'effect': null}, {operator: Exists}] | [{"key":"a","value":"b"},{"operator":"Exists"}]
          """)
  void tolerations_are_as_long_or_as_short_as_one_likes(String typed, String tolerations) {
    assertThat(Yaml.json(pod(head("head-tolerations", typed)).path("tolerations")))
        .isEqualTo(tolerations);
    assertThat(Yaml.json(pod(worker("worker-tolerations", typed)).path("tolerations")))
        .isEqualTo(tolerations);
  }

  @Test
  void what_kuberays_plugin_sets_is_set() {
    JsonNode spec =
        spec(
            "head-ephemeral-storage", "10Gi",
            "head-ray-start-params", "metrics-export-port=8080",
            "head-node-selectors", "zone=a,disk=ssd",
            "worker-node-selectors", "zone=b",
            "worker-ray-start-params", "object-store-memory=100",
            "num-of-hosts", "4",
            "worker-group-name", "gpus");
    JsonNode head = spec.path("headGroupSpec");
    JsonNode worker = spec.path("workerGroupSpecs").path(0);

    assertThat(limits(head)).contains("\"ephemeral-storage\":\"10Gi\"");
    assertThat(parameter(head, "metrics-export-port")).isEqualTo("8080");
    assertThat(Yaml.json(pod(head).path("nodeSelector")))
        .isEqualTo("{\"zone\":\"a\",\"disk\":\"ssd\"}");
    assertThat(Yaml.json(pod(worker).path("nodeSelector"))).isEqualTo("{\"zone\":\"b\"}");
    assertThat(parameter(worker, "object-store-memory")).isEqualTo("100");
    assertThat(worker.path("numOfHosts").asInt()).isEqualTo(4);
    assertThat(worker.path("groupName").asText()).isEqualTo("gpus");
  }

  @Test
  void the_plugins_defaults_are_a_template() {
    JsonNode spec = parse(define("kubectl-ray", Map.of(), "num-workers", "2")).path("spec");

    assertThat(limits(spec.path("headGroupSpec"))).isEqualTo("{\"memory\":\"4Gi\"}");
    assertThat(spec.path("workerGroupSpecs").path(0).path("groupName").asText())
        .isEqualTo("default-group");
    assertThat(Yaml.json(container(spec.path("headGroupSpec")).path("env")))
        .isEqualTo("[{\"name\":\"RAY_USAGE_STATS_ENABLED\",\"value\":\"0\"}]");
  }

  @Test
  void usage_statistics_are_sent_only_if_asked_for() {
    JsonNode spec = spec("enable-usage-stats", "true");
    for (JsonNode group :
        List.of(spec.path("headGroupSpec"), spec.path("workerGroupSpecs").path(0))) {
      assertThat(Yaml.json(container(group).path("env")))
          .isEqualTo("[{\"name\":\"RAY_USAGE_STATS_ENABLED\",\"value\":\"1\"}]");
    }
  }

  @Test
  void volumes_are_in_all_pods_and_replace_those_of_the_same_name() throws IOException {
    String volume = "{name: data, persistentVolumeClaim: {claimName: one}}";
    String mount = "[{name: data, mountPath: /data}]";
    Files.writeString(
        directory.resolve("own.yaml"),
        define("", Map.of(), "volumes", volume, "volume-mounts", mount).yaml());

    JsonNode spec =
        parse(
                define(
                    "own.yaml",
                    Map.of(),
                    "volumes",
                    "{name: data, emptyDir: {}}",
                    "volume-mounts",
                    "{name: data, mountPath: /data, readOnly: true}"))
            .path("spec");

    for (JsonNode group :
        List.of(spec.path("headGroupSpec"), spec.path("workerGroupSpecs").path(0))) {
      assertThat(Yaml.json(pod(group).path("volumes")))
          .isEqualTo("[{\"name\":\"data\",\"emptyDir\":{}}]");
      assertThat(Yaml.json(container(group).path("volumeMounts")))
          .isEqualTo("[{\"name\":\"data\",\"mountPath\":\"/data\",\"readOnly\":true}]");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name=g2,replicas=2,cpu=4,memory=16,gpus=1",
        "{group_name: g2, replicas: 2, cpu_requests: 4, cpu_limits: 4, memory_requests: 16,"
            + " memory_limits: 16, gpu_type: nvidia.com/gpu, gpu_count: 1, image: None}",
        "[{'groupName': 'g2', 'replicas': 2, 'cpu': 4, 'memory': '16G', 'extendedResourceRequests':"
            + " {'nvidia.com/gpu': 1}}]"
      })
  void another_group_of_workers_is_described_in_one_value(String typed) {
    JsonNode groups = spec("additional-worker-groups", typed).path("workerGroupSpecs");

    assertThat(groups).hasSize(2);
    JsonNode second = groups.path(1);
    assertThat(groups.path(0).path("groupName").asText()).isEqualTo("small-group-demo");
    assertThat(second.path("groupName").asText()).isEqualTo("g2");
    assertThat(replicas(second)).isEqualTo("2 2 2");
    assertThat(limits(second))
        .isEqualTo("{\"cpu\":\"4\",\"memory\":\"16G\",\"nvidia.com/gpu\":\"1\"}");
    assertThat(parameter(second, "num-cpus")).isEqualTo("4");
    assertThat(parameter(second, "num-gpus")).isEqualTo("1");
  }

  @Test
  void another_group_has_what_is_for_all_and_its_own_wins() {
    JsonNode groups =
        spec(
                "additional-worker-groups",
                "[{name: g2, image: 'x/own:2.9.0', envs: {A: own}, labels: {team: own},"
                    + " min_replicas: 1, max_replicas: 5, num_of_hosts: 2},{name: g3, tolerations:"
                    + " [{key: own, operator: Exists}]}]",
                "image",
                "x/ray:2.9.0",
                "envs",
                "A=all,B=all",
                "worker-tolerations",
                "all",
                "num-workers",
                "1",
                "enable-autoscaling",
                "true",
                "min-workers",
                "1",
                "max-workers",
                "3")
            .path("workerGroupSpecs");
    JsonNode second = groups.path(1);
    JsonNode third = groups.path(2);

    assertThat(container(second).path("image").asText()).isEqualTo("x/own:2.9.0");
    assertThat(container(third).path("image").asText()).isEqualTo("x/ray:2.9.0");
    assertThat(Yaml.json(container(second).path("env")))
        .endsWith("{\"name\":\"A\",\"value\":\"own\"},{\"name\":\"B\",\"value\":\"all\"}]");
    assertThat(Yaml.json(second.path("template").path("metadata").path("labels")))
        .isEqualTo("{\"team\":\"own\"}");
    assertThat(Yaml.json(pod(second).path("tolerations"))).contains("\"all\"");
    assertThat(Yaml.json(pod(third).path("tolerations"))).contains("\"own\"");
    assertThat(replicas(second)).isEqualTo("1 1 5");
    assertThat(replicas(third)).isEqualTo("1 1 1");
    assertThat(second.path("numOfHosts").asInt()).isEqualTo(2);
  }

  @Test
  void a_notebook_says_that_it_manages_the_cluster() {
    JsonNode metadata = parse(define("", Map.of("NB_PREFIX", "/notebook/ns/nb"))).path("metadata");

    assertThat(metadata.path("annotations").path("app.kubernetes.io/managed-by").asText())
        .isEqualTo("/notebook/ns/nb");
  }

  @Test
  void what_changes_nothing_says_so() {
    assertThat(
            define(
                    "",
                    Map.of(),
                    "verify-tls",
                    "false",
                    "local-interactive",
                    "true",
                    "head-info",
                    "x")
                .warnings())
        .hasSize(3)
        .allSatisfy(warning -> assertThat(warning).startsWith("--").contains("changes nothing"));
    assertThat(define("", Map.of(), "verify-tls", "true", "image", "").warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          worker-extended-resource-requests;example.org/x=1 | --worker-extended-resource-requests: "example.org/x" is not known to Ray; known are nvidia.com/gpu, intel.com/gpu, amd.com/gpu, aws.amazon.com/neuroncore, google.com/tpu, habana.ai/gaudi, huawei.com/Ascend910, huawei.com/Ascend310, and --extended-resource-mapping example.org/x=NAME adds it.
          worker-extended-resource-requests;nvidia.com/gpu=some | --worker-extended-resource-requests: "some" is not a whole number from 0 to 1000.
          worker-extended-resource-requests;nvidia.com/gpu=1;worker-gpus;2 | --worker-gpus says 2 and --worker-extended-resource-requests says nvidia.com/gpu=1; drop one of them.
          extended-resource-mapping;nvidia.com/gpu=X | --extended-resource-mapping: "nvidia.com/gpu" is mapped to GPU already; --overwrite-default-resource-mapping allows another name.
          extended-resource-mapping;a.b/c=1x | --extended-resource-mapping: "1x" is not the name of a resource of Ray, such as GPU or TPU.
          enable-autoscaling;true;min-workers;1 | --enable-autoscaling needs both --min-workers and --max-workers; --max-workers is missing.
          autoscaler;v1;max-workers;1 | --autoscaler needs both --min-workers and --max-workers; --min-workers is missing.
          autoscaler;v3 | --autoscaler: "v3" is neither v1 nor v2.
          autoscaler;v2;enable-autoscaling;false | --autoscaler and --enable-autoscaling=false do not go together.
          enable-autoscaling;true;min-workers;3;max-workers;1 | --min-workers is 3, which is more than --max-workers, 1.
          enable-autoscaling;true;min-workers;-1;max-workers;1 | --min-workers: "-1" is not a whole number from 0 to 10000.
          enable-autoscaling;true;min-workers;1;max-workers;2;num-workers;3 | --num-workers is 3, which is not between --min-workers, 1, and --max-workers, 2.
          enable-gcs-ft;true | --enable-gcs-ft needs --redis-address, such as redis:6379.
          redis-address;redis:6379 | --redis-address needs --enable-gcs-ft.
          enable-gcs-ft;true;redis-address;a b | --redis-address: "a b" is not an address such as redis:6379.
          enable-gcs-ft;true;redis-address;a;redis-password-secret;name=n | --redis-password-secret needs both, name=SECRET,key=KEY in it.
          enable-gcs-ft;true;redis-address;a;redis-password-secret;password=n | --redis-password-secret: "password" is neither name nor key.
          enable-gcs-ft;true;redis-address;a;redis-password-secret;name=N,key=k | --redis-password-secret: "N" is not a name: use lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit (RFC 1123).
          num-of-hosts;0 | --num-of-hosts: "0" must be more than 0.
          head-tolerations;a=b:Never | --head-tolerations: "Never" is no effect: use NoSchedule, PreferNoSchedule or NoExecute.
          head-tolerations;{key: a, operator: In} | --head-tolerations: "In" is no operator: use Equal or Exists.
          head-tolerations;{effect: NoSchedule} | --head-tolerations: "{"effect":"NoSchedule"}" has no key, which only Exists may lack.
          head-tolerations;{keys: a} | --head-tolerations: "keys" is no field of a toleration: key, operator, value, effect, tolerationSeconds.
          head-tolerations;=b | --head-tolerations: "=b" is not of the form key=value:effect.
          head-node-selectors;zone | --head-node-selectors: "zone" is not of the form key=value.
          head-ray-start-params;Num=1 | --head-ray-start-params: "Num" is not a parameter of ray start, such as num-cpus.
          head-ephemeral-storage;lots | --head-ephemeral-storage: "lots" is not a Kubernetes quantity such as 512Mi, 8G or 8.
          volumes;data | --volumes: "data" is not an object such as {key: value}, or a list of such.
          volumes;{emptyDir: {}} | --volumes: "{"emptyDir":{}}" has no name.
          volume-mounts;{name: data} | --volume-mounts: "{"name":"data"}" has no mountPath.
          volume-mounts;{name: data, mountPath: /d} | --volume-mounts: "data" is not the name of a volume; --volumes describes it.
          envs;{A: [1]} | --envs: "[1]" is not one value.
          additional-worker-groups;replicas=2 | --additional-worker-groups: a group has no name; name=NAME gives it one.
          additional-worker-groups;name=G | --additional-worker-groups: "G" is not a name: use at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit (RFC 1123).
          additional-worker-groups;name=g,size=2 | --additional-worker-groups: "size" is no field of a group of workers.
          additional-worker-groups;name=g,gpu-count=2 | --additional-worker-groups: in the group g, gpu-type and gpu-count need each other.
          additional-worker-groups;name=g,cpu=x | --additional-worker-groups: in the group g, --worker-cpu-requests: "x" is not a Kubernetes quantity such as 500m, 2 or 1.5.
          additional-worker-groups;[{name: g}, {name: g}] | --additional-worker-groups: "g" is the name of two groups.
          additional-worker-groups;name=small-group-demo | --additional-worker-groups: "small-group-demo" is the name of two groups.
          """)
  void a_bad_value_is_named_with_its_option(String given, String message) {
    Failure failure =
        catchThrowableOfType(Failure.class, () -> define("", Map.of(), given.split(";")));

    assertThat(failure).isNotNull().hasMessage(message);
    assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
  }

  @Test
  void yaml_that_is_none_names_the_option() {
    Failure failure =
        catchThrowableOfType(Failure.class, () -> define("", Map.of(), "volumes", "{name: ["));

    assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
    assertThat(failure).hasMessageStartingWith("--volumes, line 1: this is not valid YAML");
  }

  @Test
  void resources_of_a_template_that_are_no_object_are_refused() throws IOException {
    Files.writeString(
        directory.resolve("odd.yaml"),
        define("", Map.of()).yaml().replace("resources: \"\\\"{}\\\"\"", "resources: \"[1]\""));
    Failure failure =
        catchThrowableOfType(Failure.class, () -> define("odd.yaml", Map.of(), "head-gpus", "1"));

    assertThat(failure)
        .hasMessage("The template's head has rayStartParams.resources that are no JSON object.");
  }
}
